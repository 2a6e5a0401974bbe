import { createInlineReader } from '../drafts/draft-reader.ts';
import { createMemoryVault } from '../store/memory-vault.ts';
import { createRxDisks } from '../store/rx-disk.ts';
import { createMemoryStorage } from '../store/storage.ts';
import { createEngine } from '../sync/engine.ts';
import type { Socket, SocketListener } from '../sync/socket.ts';
import { createBackRoom } from './back-room.ts';
import type { DeviceDeps, Surroundings, Timers } from './device-deps.ts';
import { platformGzip } from './gzip.ts';
import { createMemoryLock } from './memory-lock.ts';

/**
 * A device's world in Node (24 or newer, which brings fetch, WebSocket and WebCrypto): memory for a disk, the real
 * network and clock. For replays and tests; whatever `changes` names replaces the real thing. At most one open device per
 * realm: RxDB's open core stops at 13 collections.
 */
export function createNodeDeps(name: string, origin: string, changes: Partial<DeviceDeps> = {}): DeviceDeps {
  return {
    name,
    openDisk: createRxDisks(createMemoryStorage(), nodeTimers),
    vault: createMemoryVault(),
    clock: () => Date.now(),
    timers: nodeTimers,
    random: { number: () => Math.random(), bytes: (count) => crypto.getRandomValues(new Uint8Array(count)) },
    fetch: (url, init) => fetch(url, init),
    ...platformGzip(),
    openSocket: openNodeSocket,
    sync: { load: async () => ({ createEngine }), isAwaited: true },
    backRoom: () => ({ createBackRoom }),
    subtle: crypto.subtle,
    lock: createMemoryLock(),
    openDrafts: createInlineReader(() => import('@automerge/automerge')),
    surroundings: quietSurroundings,
    origin,
    ...changes,
  };
}

const nodeTimers: Timers = {
  after: (ms, act) => {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
};

const quietSurroundings: Surroundings = { onOnline: () => () => undefined, onVisible: () => () => undefined };

function openNodeSocket(url: string, listener: SocketListener): Socket {
  const socket = new WebSocket(url);
  socket.onopen = () => listener.opened();
  socket.onmessage = (event) => listener.message(String(event.data));
  socket.onclose = () => listener.closed();
  return {
    send: (text) => void (socket.readyState === WebSocket.OPEN && socket.send(text)),
    close: () => socket.close(),
  };
}
