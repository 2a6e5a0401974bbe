import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { LIVE_MESSAGE_BYTES_MAX } from '../../schema/limits.ts';
import { type LiveClientMessage, liveClientMessageShape } from '../../schema/protocol/live.ts';
import { sureCheck } from '../../schema/sure-check.ts';
import type { Core } from '../core/core.ts';
import { findDevice } from '../core/credential.ts';
import { noticeRollback } from '../core/rollback.ts';
import { speaksProtocol } from '../http/device-door.ts';
import type { Hub } from './hub.ts';
import { AUTH_MS_MAX, LIVE_DEFLATE, PACKING_SIZE, POLICY_VIOLATION, UNKNOWN_SOCKETS_MAX } from './limits.ts';
import type { TakeLivePush } from './live-pushes.ts';
import { createLiveSocket, type LiveSocket } from './live-socket.ts';
import { packAtOnce } from './pack-at-once.ts';
import { createPacker } from './packing.ts';

const LIVE_PATH = '/sync/v1/live';
/** How long a device may take to answer a goodbye, in milliseconds. */
const GOODBYE_MS_MAX = 1_000;

/** Takes WebSocket upgrades at one path. The first message authenticates; no token ever stands in a URL. */
export interface LiveServer {
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

export function createLiveServer(core: Core, hub: Hub, takePush: TakeLivePush): LiveServer {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: LIVE_MESSAGE_BYTES_MAX,
    perMessageDeflate: LIVE_DEFLATE,
  });
  const packing = { own: 'server', packer: createPacker(PACKING_SIZE), bytesMax: LIVE_MESSAGE_BYTES_MAX } as const;
  const unknown = new Set<WebSocket>();
  const greet = (socket: WebSocket): void => {
    unknown.add(socket);
    packAtOnce(socket, packing);
    socket.on('error', (error) => core.deps.log.debug({ err: error }, 'a live socket failed'));
    talk({ core, hub, takePush }, socket, () => unknown.delete(socket));
  };
  return {
    upgrade: (req, socket, head) => {
      socket.on('error', () => socket.destroy());
      if (pathOf(req) !== LIVE_PATH) return refuse(socket, '404 Not Found');
      if (unknown.size >= UNKNOWN_SOCKETS_MAX) return refuse(socket, '503 Service Unavailable');
      server.handleUpgrade(req, socket, head, greet);
    },
    close: () => {
      for (const socket of unknown) socket.terminate();
      // Members were told already; who does not answer the goodbye must not hold up the end.
      core.deps.after(GOODBYE_MS_MAX, () => {
        for (const socket of server.clients) socket.terminate();
      });
      server.close();
    },
  };
}

function pathOf(req: IncomingMessage): string {
  return (req.url ?? '').split('?', 1)[0] ?? '';
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** What a live socket talks to. */
export interface LiveRoom {
  readonly core: Core;
  readonly hub: Hub;
  readonly takePush: TakeLivePush;
}

/** The life of one socket: unknown until it authenticates, then a member of the hub until it closes. */
export function talk({ core, hub, takePush }: LiveRoom, socket: WebSocket, known: () => void): void {
  let live: LiveSocket | undefined;
  let auth: Auth | undefined;
  let asked = false;
  const giveUp = (code: string): void => {
    // Who never reads must not be waited for: a goodbye that is not answered ends the socket.
    socket.send(JSON.stringify({ type: 'error', code }), () => undefined);
    socket.close(POLICY_VIOLATION, code);
  };
  const stopWaiting = core.deps.after(AUTH_MS_MAX, () => giveUp('not-enrolled'));
  const admit = async (message: LiveClientMessage): Promise<void> => {
    stopWaiting();
    if (message.type !== 'auth') return giveUp('not-enrolled');
    if (!speaksProtocol(message.protocol)) return giveUp('protocol-unknown');
    const device = await findDevice(core, message.credential);
    if (!device) return giveUp('not-enrolled');
    if (core.ledger.isRevoked(device.deviceId)) return giveUp('revoked');
    await noticeRollback(core, device, Object.values(message.checkpoints ?? {}));
    if (socket.readyState !== socket.OPEN) return;
    known();
    live = createLiveSocket(socket, device, core.deps.now, message.protocol);
    auth = message;
    await hub.join(live);
    if (socket.readyState !== socket.OPEN) hub.leave(live);
  };
  const answer = (to: LiveSocket, message: LiveClientMessage, { protocol }: Auth, bytes: number): void => {
    hub.heard(to);
    if (message.type === 'ping') to.send({ type: 'pong', serverTime: core.deps.now() });
    if (message.type === 'push') void takePush({ live: to, protocol, bytes, message });
  };
  socket.on('message', (data) => {
    const text = String(data);
    const message = readMessage(text);
    if (!message) return giveUp('bad-request');
    if (live && auth) return answer(live, message, auth, text.length);
    if (asked) return;
    asked = true;
    admit(message).catch((error: unknown) => {
      core.deps.log.error({ err: error }, 'a live socket could not be greeted');
      giveUp('internal');
    });
  });
  socket.on('close', () => {
    stopWaiting();
    known();
    if (live) hub.leave(live);
  });
}

type Auth = Extract<LiveClientMessage, { type: 'auth' }>;

const looksRight = sureCheck(liveClientMessageShape);

function readMessage(text: string): LiveClientMessage | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return looksRight(value) ? (value as LiveClientMessage) : undefined;
  } catch {
    return undefined;
  }
}
