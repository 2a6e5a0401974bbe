import { base32FromBytes, type Scope } from '../../../schema/ids.ts';
import { createMutex } from '../mutex.ts';
import type { Commit, ReadTx, ScopeCommit, Store, WriteTx } from '../store.ts';
import { guardTransaction, watchWrites } from '../transaction-guards.ts';
import { type KeptInMemory, keepInMemory } from './kept-in-memory.ts';
import { createLayer } from './layer.ts';
import type { MemoryDisk } from './memory-disk.ts';
import { createMemoryReads } from './memory-read.ts';
import { createMemoryWrites, createNumbers } from './memory-write.ts';
import { applyPuts, cloneRows, type Put, type Rows } from './tables.ts';

/** Random characters of a commit's tag: 80 bits. */
const TAG_LENGTH = 16;

/** Changes of one scope that a commit is told with. */
const CHANGES_TOLD_MAX = 500;

export interface MemoryStoreDeps {
  randomBytes(count: number): Uint8Array;
  /** Called before every write, the commit included: tests make the n-th one fail here. */
  beforeWrite?(): void;
}

/**
 * The store in memory, for simulators and tests: one writer at a time, snapshots for readers, and a commit that is seen, and
 * resolves, only when it is on the disk it was opened from. Nothing in it depends on time or chance but its deps.
 */
export function openMemoryStore(disk: MemoryDisk, deps: MemoryStoreDeps): Store {
  const opened = disk.open();
  const listeners = new Set<(commit: Commit) => void>();
  const writing = createMutex();
  const tables = createSharedTables(opened.rows);
  const keeping = keepInMemory();
  const commit = async (puts: readonly Put[]): Promise<void> => {
    await opened.sync(puts);
    tables.apply(puts);
  };
  return {
    read: (work) => tables.read(({ reads }) => work(reads)),
    write: async (scopes, work) => {
      const { value, done } = await writing.run(() => runWrite(tables.rows(), deps, { scopes, work, commit, keeping }));
      if (done.size > 0) for (const listener of [...listeners]) listener(done);
      return value;
    },
    onCommit: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    size: () => tables.read(async ({ rows }) => JSON.stringify([...rows.document, ...rows.entry]).length),
    close: () => writing.idle(),
  };
}

interface Writing<Value> {
  readonly scopes: readonly Scope[];
  readonly work: (tx: WriteTx) => Promise<Value>;
  readonly commit: (puts: readonly Put[]) => Promise<void>;
  readonly keeping: KeptInMemory;
}

async function runWrite<Value>(rows: Rows, deps: MemoryStoreDeps, { scopes, work, commit, keeping }: Writing<Value>) {
  const layer = createLayer(rows);
  const numbers = createNumbers(layer, scopes, keeping.kept.placeOf);
  const own = { layer, reads: createMemoryReads(layer), writes: createMemoryWrites(layer, numbers.next) };
  const { reads, writes } = keeping.begin(own);
  const guarded = guardTransaction({ ...reads, ...watchWrites(writes, deps.beforeWrite) });
  try {
    const value = await work(guarded.tx);
    const moved = numbers.flush(base32FromBytes(deps.randomBytes(TAG_LENGTH)));
    const done = await commitOf(own.reads, moved);
    deps.beforeWrite?.();
    await commit(layer.puts());
    for (const [scope, { place }] of moved) keeping.kept.moved(scope, place);
    return { value, done };
  } catch (error) {
    keeping.kept.forget();
    throw error;
  } finally {
    guarded.finish();
  }
}

async function commitOf(reads: ReadTx, moved: ReturnType<ReturnType<typeof createNumbers>['flush']>): Promise<Commit> {
  const commit = new Map<Scope, ScopeCommit | null>();
  const epoch = await reads.epoch();
  for (const [scope, stretch] of moved) {
    const changes = await reads.changesAfter({ scope, after: stretch.after, limit: CHANGES_TOLD_MAX + 1 });
    commit.set(scope, epoch && changes.length <= CHANGES_TOLD_MAX ? { ...stretch, epoch, changes } : null);
  }
  return commit;
}

interface SharedTables {
  readonly rows: Rows;
  /** Every reader's: it writes nothing, so that one serves all. */
  readonly reads: ReadTx;
  readers: number;
}

function sharedBy(rows: Rows): SharedTables {
  return { rows, reads: createMemoryReads(createLayer(rows)), readers: 0 };
}

/** Tables that readers hold on to: while any does, a commit goes into a copy. */
function createSharedTables(first: Rows) {
  let current = sharedBy(first);
  return {
    rows: () => current.rows,
    read: async <Value>(work: (held: SharedTables) => Promise<Value>): Promise<Value> => {
      const held = current;
      held.readers += 1;
      try {
        return await work(held);
      } finally {
        held.readers -= 1;
      }
    },
    apply: (puts: readonly Put[]): void => {
      if (current.readers > 0) current = sharedBy(cloneRows(current.rows));
      applyPuts(current.rows, puts);
    },
  };
}
