import { Repo } from '@automerge/automerge-repo';
import { WebSocketClientAdapter } from '@automerge/automerge-repo-network-websocket';

/** A repo in memory that follows the sync server at an address. */
export function openRepo(origin) {
  return new Repo({ network: [new WebSocketClientAdapter(origin.replace(/^http/, 'ws'), 1_000)] });
}

/** A document from the server; one that has not come yet may count as unavailable meanwhile. */
export async function findDocument(repo, url) {
  const handle = await repo.find(url, { allowableStates: ['ready', 'unavailable'] });
  await handle.whenReady();
  return handle;
}
