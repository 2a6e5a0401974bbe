import express, { type Express } from 'express';
import type { Core } from '../../server/core/core.ts';
import { startEmptying } from '../../server/core/empty-inbox.ts';
import { beginEpoch } from '../../server/core/epoch.ts';
import { assembleCore, type CoreParts } from '../../server/core/open-core.ts';
import type { Deps } from '../../server/deps.ts';
import { createEnrolRoutes } from '../../server/http/enrol-routes.ts';
import { createErrorHandler } from '../../server/http/errors.ts';
import { createPushGate } from '../../server/http/push-gate.ts';
import { createShareRoutes } from '../../server/http/share-routes.ts';
import { createSyncRoutes } from '../../server/http/sync-routes.ts';
import { createLedger } from '../../server/keys/ledger.ts';
import { createHeardNotes } from '../../server/live/heard.ts';
import { createHub } from '../../server/live/hub.ts';
import { createLivePushes } from '../../server/live/live-pushes.ts';
import { type LiveRoom, talk } from '../../server/live/live-server.ts';
import { createMemoryDisk, type MemoryDisk } from '../../server/store/memory/memory-disk.ts';
import { openMemoryStore } from '../../server/store/memory/memory-store.ts';
import type { Rows } from '../../server/store/memory/tables.ts';
import { type Store, StoreFault } from '../../server/store/store.ts';
import type { Random } from '../replay/random.ts';
import { createMemoryLedgerText } from './memory-ledger-text.ts';
import { readBeside } from './read-beside.ts';
import { createServerLog } from './server-log.ts';
import { askExpress, type WireAnswer, type WireRequest } from './server-request.ts';
import type { ServerSocket } from './server-socket.ts';
import { createStandInShopKey, publicKeyOf, type StandInKey, signatureText, verifyStandIn } from './stand-in-crypto.ts';
import { createTab, type Tab } from './tab.ts';
import type { VirtualTime } from './virtual-time.ts';

/** When the simulated world begins, in milliseconds since 1970. */
export const WORLD_BEGINS = Date.UTC(2026, 0, 5, 1);
/** How long a commit takes to be on disk, in milliseconds. */
const SYNC_MS = 2;

export interface ServerFaults {
  /** `full` and `failing` refuse every commit. */
  disk: 'well' | 'full' | 'failing';
  /** The power is cut at the next commit: before it is on disk, or after, before anybody is told. */
  killAt: 'before-sync' | 'after-sync' | null;
  clockOffsetMs: number;
  /** What has passed since besides: its clock is right, and everybody else's is behind. */
  passedMs: number;
}

/** The shop's server: a machine with a disk, and on it a process that runs the real rules, routes, hub and tail. */
export interface ServerMachine {
  readonly disk: MemoryDisk;
  readonly faults: ServerFaults;
  start(): Promise<Core>;
  /** Puts a backup in the database's place and begins a new epoch, as the restore command does; then it starts. */
  restore(backup: Rows): Promise<Core>;
  /** Somebody is putting a backup back. */
  isRestoring(): boolean;
  kill(): void;
  /** An older state of the machine lies on the disk, and nobody says so. */
  putBack(snapshot: Rows): void;
  isUp(): boolean;
  core(): Core | null;
  /** Answers a request; null when there is nobody, or whoever began to answer died. */
  ask(request: WireRequest): Promise<WireAnswer | null>;
  /** Takes a live socket; false when there is nobody. */
  connect(socket: ServerSocket): boolean;
}

export interface ServerWorld {
  readonly time: VirtualTime;
  readonly random: Random;
  /** Something that must never happen inside a server. */
  readonly onFailure: (text: string) => void;
  readonly onFault: (kind: 'killed' | 'disk') => void;
  /** Something else lies on the disk now. */
  readonly onRestored: () => void;
  readonly onSync: (puts: Parameters<ReturnType<MemoryDisk['open']>['sync']>[0]) => void;
}

interface Process {
  readonly tab: Tab;
  readonly core: Core;
  readonly app: Express;
  readonly room: LiveRoom;
}

export function createServerMachine(world: ServerWorld): ServerMachine {
  const faults: ServerFaults = { disk: 'well', killAt: null, clockOffsetMs: 0, passedMs: 0 };
  const ledgerLines: string[] = [];
  let tab: Tab | null = null;
  let running: Process | null = null;
  /** The restore command that runs: it holds the disk alone. */
  let restoring: symbol | null = null;
  const kill = () => {
    tab?.kill();
    tab = null;
    running = null;
    restoring = null;
    disk.crash();
  };
  const cutAt = (point: ServerFaults['killAt']) => {
    if (faults.killAt !== point) return;
    faults.killAt = null;
    world.onFault('killed');
    kill();
  };
  const disk: MemoryDisk = createMemoryDisk({
    beforeSync: async () => {
      cutAt('before-sync');
      if (faults.disk !== 'well') {
        world.onFault('disk');
        throw new StoreFault(`The disk is ${faults.disk}.`, faults.disk === 'full', undefined);
      }
      await new Promise<void>((resolve) => world.time.after(SYNC_MS, resolve));
    },
    afterSync: async () => cutAt('after-sync'),
    onSynced: world.onSync,
  });
  const start = async (): Promise<Core> => {
    if (restoring) throw new Error('Somebody is putting a backup back.');
    const mine = createTab(world.time);
    tab = mine;
    const deps = serverDeps(world, mine, faults);
    try {
      const core = await assembleCore(partsOn(openMemoryStore(disk, deps), ledgerLines), deps);
      if (mine.isAlive()) running = startProcess(core, mine);
      return core;
    } catch (error) {
      // Whoever cannot start ends; somebody starts it again.
      if (tab === mine) kill();
      throw error;
    }
  };
  return {
    disk,
    faults,
    start,
    restore: async (backup) => {
      disk.restore(backup);
      world.onRestored();
      const deps = serverDeps(world, createTab(world.time), faults);
      const { store, ledger } = partsOn(openMemoryStore(disk, deps), ledgerLines);
      const mine = Symbol('restore');
      restoring = mine;
      try {
        await beginEpoch({ store, ledger, deps }, 'restored');
      } finally {
        if (restoring === mine) restoring = null;
      }
      return start();
    },
    isRestoring: () => restoring !== null,
    kill,
    putBack: (snapshot) => {
      disk.restore(snapshot);
      world.onRestored();
    },
    isUp: () => tab !== null,
    core: () => running?.core ?? null,
    ask: async (request) => {
      const now = running;
      if (!now) return null;
      return new Promise((resolve) => {
        const forget = now.tab.onKilled(() => resolve(null));
        void askExpress(now.app, request).then((answer) => {
          forget();
          resolve(answer);
        });
      });
    },
    connect: (socket) => {
      const now = running;
      if (!now) return false;
      now.tab.onKilled(() => socket.serverDied());
      talk(now.room, socket.serverSide, () => undefined);
      return true;
    },
  };
}

/** Keys, secret and ledger lie beside the database: they outlive every restore. */
function partsOn(store: Store, ledgerLines: string[]): CoreParts {
  const ledger = createLedger(createMemoryLedgerText(ledgerLines));
  const key: StandInKey = { name: 'server' };
  const publicKey = publicKeyOf(key);
  const serverKey = { publicKey, sign: (text: string) => signatureText(publicKey, text) };
  return { store, ledger, shopKey: createStandInShopKey(), serverKey, secret: 'secret' };
}

function startProcess(core: Core, tab: Tab): Process {
  const notes = createHeardNotes(core);
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  const gate = createPushGate(core.deps);
  app.use('/sync/v1/journal/push', readBeside);
  app.use('/sync/v1', createSyncRoutes(core, notes.active, gate));
  app.use('/enrol/v1', createEnrolRoutes(core));
  app.use('/api/v1/shares', createShareRoutes(core));
  app.use(createErrorHandler(core));
  const hub = createHub(core, notes);
  startEmptying(core);
  return { tab, core, app, room: { core, hub, takePush: createLivePushes(core, gate) } };
}

function serverDeps(world: ServerWorld, tab: Tab, faults: ServerFaults): Deps {
  const every = (ms: number, work: () => void) => {
    let cancel = () => {};
    const again = () => {
      cancel = tab.timers.after(ms, () => {
        work();
        again();
      });
    };
    again();
    return () => cancel();
  };
  return {
    now: () => WORLD_BEGINS + world.time.now() + faults.clockOffsetMs + faults.passedMs,
    randomBytes: (count) => Uint8Array.from({ length: count }, () => world.random.whole(256)),
    every,
    after: tab.timers.after,
    breathe: () => new Promise((resolve) => tab.timers.after(0, () => resolve())),
    verify: verifyStandIn,
    log: createServerLog(world.onFailure),
  };
}
