import { createBrowserDisks } from '../store/browser-disk.ts';
import { openBrowserVault, openingVault } from '../store/browser-vault.ts';
import { createDisk } from '../store/disk.ts';
import { openLogFile } from '../store/log/log-file.ts';
import type { Socket, SocketListener } from '../sync/socket.ts';
import { browserDrafts } from './browser-drafts.ts';
import { createBrowserLock } from './browser-lock.ts';
import { createBrowserPrinters } from './browser-printers.ts';
import type { Cancel, DeviceDeps, DiskKeeper, Random, Surroundings, SyncProgram, Timers } from './device-deps.ts';
import { createDiskReserve } from './disk-reserve.ts';
import { fetchedBackRoom } from './fetched-back-room.ts';
import { platformGzip } from './gzip.ts';
import { takeOpened } from './opened-ahead.ts';

/** The real world of a browser tab for the slot `name`: its disk, clock, network and locks. */
export async function createBrowserDeps(name: string): Promise<DeviceDeps> {
  const ahead = takeOpened(name);
  let log = ahead?.log;
  const openLog = async (file: string) => {
    const first = await log;
    log = undefined;
    return first ?? openLogFile(file, indexedDB);
  };
  return {
    name,
    openDisk: createBrowserDisks(createDisk(indexedDB, openLog), {
      clock: () => Date.now(),
      timers: realTimers,
      random: realRandom,
    }),
    vault: openingVault(ahead?.vault ?? openBrowserVault(name, indexedDB)),
    keeper: browserKeeper,
    clock: () => Date.now(),
    timers: realTimers,
    random: realRandom,
    fetch: (url, init) => fetch(url, init),
    ...platformGzip(),
    openSocket: openWebSocket,
    sync: { load: loadSync, isAwaited: false },
    backRoom: fetchedBackRoom,
    subtle: crypto.subtle,
    lock: createBrowserLock(navigator.locks),
    openDrafts: browserDrafts(realTimers),
    surroundings: browserSurroundings,
    printers: createBrowserPrinters(navigator),
    origin: location.origin,
  };
}

/** Before the program of sync is fetched, in milliseconds: the first screen is drawn before. */
const SYNC_AFTER_MS = 100;
/** Before it is asked for again, on a first visit over a bad line, in milliseconds. */
const SYNC_AGAIN_MS = 3_000;

async function loadSync(isEmpty: boolean): Promise<SyncProgram> {
  if (!isEmpty) await pause(SYNC_AFTER_MS);
  for (;;) {
    try {
      const [program] = await Promise.all([
        import('../sync/engine.ts'),
        import('../sync/rx-replication.ts'),
        import('../store/open-over.ts'),
      ]);
      return program;
    } catch {
      await pause(SYNC_AGAIN_MS);
    }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => realTimers.after(ms, resolve));
}

/** Old browsers know nothing of it: then nothing is known, and nothing promised. */
const browserKeeper: DiskKeeper = {
  estimate: async () => {
    const { usage, quota } = (await navigator.storage?.estimate?.()) ?? {};
    return usage === undefined || quota === undefined ? null : { usage, quota };
  },
  reserve: createDiskReserve(navigator.storage?.getDirectory && (() => navigator.storage.getDirectory())),
  keep: async () => (await navigator.storage?.persisted?.()) || ((await navigator.storage?.persist?.()) ?? false),
};

const realTimers: Timers = {
  after: (ms, act) => {
    if (ms === 0) return inNextTask(act);
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
};

/** At once, but behind what waits to be done or drawn. A timeout of nothing waits 4 milliseconds where several come one after the other. */
function inNextTask(act: () => void): Cancel {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    act();
  };
  port2.postMessage(null);
  return () => port1.close();
}

const realRandom: Random = {
  number: () => Math.random(),
  bytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
};

const browserSurroundings: Surroundings = {
  onOnline: (act) => listen(window, 'online', act),
  onVisible: (act) => listen(document, 'visibilitychange', () => document.visibilityState === 'visible' && act()),
};

function listen(target: EventTarget, event: string, act: () => void): Cancel {
  target.addEventListener(event, act);
  return () => target.removeEventListener(event, act);
}

function openWebSocket(url: string, listener: SocketListener): Socket {
  const socket = new WebSocket(url);
  socket.onopen = () => listener.opened();
  socket.onmessage = (event) => listener.message(String(event.data));
  socket.onclose = () => listener.closed();
  return {
    send: (text) => socket.readyState === WebSocket.OPEN && socket.send(text),
    close: () => socket.close(),
  };
}
