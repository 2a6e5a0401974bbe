import type { SyncCounters, SyncStatus } from '../device/device.ts';
import { createLive, type Live } from '../device/live.ts';
import type { LinkState } from './connection.ts';
import type { NetFault } from './http.ts';
import { createSyncLog, type SyncLog } from './sync-log.ts';

/** What screens are told of sync, gathered in one place. */
export interface SyncBoard {
  readonly status: Live<SyncStatus>;
  readonly log: SyncLog;
  link(state: LinkState): void;
  waiting(entries: number, edits: number, drafts: number): void;
  /** A request failed, or an answer was not the server's. */
  fault(fault: Pick<NetFault, 'kind' | 'text'>): void;
  /** The server answered as itself. */
  answered(): void;
  synced(): void;
  /** It was in step at that time, before this start. */
  syncedAt(at: number): void;
  ready(ready: boolean): void;
  fullSync(progress: SyncStatus['fullSync']): void;
  /** The server said that this device is revoked, or answers it again like any other. */
  revoked(revoked: boolean): void;
  count(what: keyof SyncCounters, by?: number): void;
  counters(): SyncCounters;
}

const NOTHING_YET: SyncStatus = {
  connection: 'offline',
  waitingEntries: 0,
  waitingEdits: 0,
  waitingDrafts: 0,
  lastSyncAt: null,
  lastError: null,
  fullSync: null,
  ready: false,
  revoked: false,
};

const NOTHING_COUNTED: SyncCounters = {
  requests: 0,
  failedRequests: 0,
  pushes: 0,
  entriesAcknowledged: 0,
  pullRounds: 0,
  liveChanges: 0,
  handedIn: 0,
  digests: 0,
};

export function createSyncBoard(clock: () => number): SyncBoard {
  const status = createLive(NOTHING_YET);
  const log = createSyncLog(clock);
  let link: LinkState = 'stopped';
  let strange = false;
  const counters: { -readonly [What in keyof SyncCounters]: number } = { ...NOTHING_COUNTED };
  const tell = (change: Partial<SyncStatus>) => {
    const held = status.get();
    const next = { ...held, ...change, connection: shownConnection(link, strange) };
    const same = (Object.keys(next) as (keyof SyncStatus)[]).every((key) => Object.is(next[key], held[key]));
    if (!same) status.set(next);
  };
  return {
    status,
    log,
    link: (state) => {
      if (state !== link) log.write(`Connection: ${state}`);
      link = state;
      if (state === 'online') strange = false;
      tell({});
    },
    waiting: (waitingEntries, waitingEdits, waitingDrafts) => tell({ waitingEntries, waitingEdits, waitingDrafts }),
    fault: ({ kind, text }) => {
      log.write(`${kind}: ${text}`);
      if (kind !== 'offline') strange = true;
      tell({ lastError: { at: clock(), text } });
    },
    answered: () => {
      strange = false;
      tell({});
    },
    synced: () => tell({ lastSyncAt: clock() }),
    syncedAt: (lastSyncAt) => tell({ lastSyncAt }),
    ready: (ready) => tell({ ready }),
    fullSync: (fullSync) => tell({ fullSync }),
    revoked: (revoked) => {
      if (revoked) strange = true;
      tell({ revoked });
    },
    count: (what, by = 1) => {
      counters[what] += by;
    },
    counters: () => ({ ...counters }),
  };
}

/** An open live socket is the server's own word; otherwise answers that are not the server's are worth more than silence. */
function shownConnection(link: LinkState, strange: boolean): SyncStatus['connection'] {
  if (link === 'online') return 'online';
  if (strange) return 'trouble';
  return link === 'stopped' ? 'offline' : link;
}
