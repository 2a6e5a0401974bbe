import { applyPuts, cloneRows, emptyRows, type Put, type Rows } from './tables.ts';

/** A disk that outlives the stores opened on it. What was synced is there after a crash, nothing else is. */
export interface MemoryDisk {
  open(): OpenedDisk;
  /** The machine loses its power: stores opened before never write again, and what they began never ends. */
  crash(): void;
  /** A copy of what is on disk: a backup, or a machine's snapshot. */
  snapshot(): Rows;
  /** What is on disk now: to look at, never to change. */
  rows(): Rows;
  /** Puts a snapshot in the place of what is there. Nothing may be open. */
  restore(snapshot: Rows): void;
}

export interface OpenedDisk {
  /** What is on disk now, in tables of the reader's own. */
  readonly rows: Rows;
  /** Writes one commit; resolves when a power cut can no longer take it back. Rejects where the disk fails, with nothing written. */
  sync(puts: readonly Put[]): Promise<void>;
}

/** Where a simulator delays a commit, fails it or cuts the power: before it is on disk, and after. */
export interface DiskHooks {
  beforeSync?(): Promise<void>;
  afterSync?(): Promise<void>;
  /** Hears of everything that came to be on disk. */
  onSynced?(puts: readonly Put[]): void;
}

export function createMemoryDisk(hooks: DiskHooks = {}): MemoryDisk {
  let durable = emptyRows();
  let life = 0;
  const open = (): OpenedDisk => {
    const mine = life;
    const sync = async (puts: readonly Put[]): Promise<void> => {
      if (hooks.beforeSync) await hooks.beforeSync();
      if (life !== mine) await never();
      applyPuts(durable, puts);
      hooks.onSynced?.(puts);
      if (hooks.afterSync) await hooks.afterSync();
      if (life !== mine) await never();
    };
    return { rows: cloneRows(durable), sync };
  };
  return {
    open,
    crash: () => {
      life += 1;
    },
    snapshot: () => cloneRows(durable),
    rows: () => durable,
    restore: (snapshot) => {
      durable = cloneRows(snapshot);
    },
  };
}

/** A process that is gone waits for nothing any more. */
function never(): Promise<never> {
  return new Promise(() => undefined);
}
