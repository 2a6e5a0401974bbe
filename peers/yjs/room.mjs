import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';

/** A document in memory that follows a room of the server; resolves when it has what the server has. */
export async function openRoom(origin, name) {
  const doc = new Y.Doc();
  // Never past the server: two documents of one process would tell each other.
  const options = { WebSocketPolyfill: WebSocket, disableBc: true };
  const provider = new WebsocketProvider(origin.replace(/^http/, 'ws'), name, doc, options);
  await new Promise((resolve) => provider.once('synced', resolve));
  return { doc, provider };
}
