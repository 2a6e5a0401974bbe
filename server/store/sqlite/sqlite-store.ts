import Database from 'better-sqlite3';
import type { Epoch } from '../../../schema/epoch.ts';
import type { Scope } from '../../../schema/ids.ts';
import { createKeptAnswers } from '../kept-answers.ts';
import { createMutex } from '../mutex.ts';
import { type Commit, type ReadTx, type ScopeCommit, type Store, StoreFault, type WriteTx } from '../store.ts';
import { guardTransaction, watchWrites } from '../transaction-guards.ts';
import { type CommitChanges, createCommitChanges } from './commit-changes.ts';
import { type CommitNumbers, createCommitNumbers } from './commit-numbers.ts';
import { createTags } from './commit-tags.ts';
import { keptSource } from './kept-source.ts';
import { BUSY_MS_MAX, openReader, openWriter } from './open-database.ts';
import { createReadTx } from './read-tx.ts';
import { createWrites } from './write-tx.ts';

/** How long a transaction that another process holds up waits before it asks again, in milliseconds. */
const BUSY_RETRY_MS = 20;

export interface SqliteDeps {
  randomBytes(count: number): Uint8Array;
  /** Calls `work` once after `ms`. */
  after(ms: number, work: () => void): unknown;
  /** The database grows to so many pages and then counts as full; without it, to the end of the disk. */
  readonly pagesMax?: number;
  /** Called before every statement that writes, the commit included: tests make the n-th one fail here. */
  beforeWrite?(): void;
}

/**
 * The store in one SQLite file (WAL, synchronous=FULL): one writing connection behind a mutex, which is every scope's
 * lock, and one reading connection whose snapshots never wait for the writer.
 */
export function openSqliteStore(file: string, deps: SqliteDeps): Store {
  const writer = openWriter(file);
  // SQLite would wait for another process's lock inside the statement, and everybody with it: the runner waits between turns.
  writer.pragma('busy_timeout = 0');
  const reader = openReader(file);
  if (deps.pagesMax !== undefined) writer.pragma(`max_page_count = ${deps.pagesMax}`);
  const listeners = new Set<(commit: Commit) => void>();
  const runWrite = createWriteRunner(writer, deps);
  const runRead = createReadRunner(reader);
  const writing = createMutex();
  const reading = createMutex();
  return {
    read: (work) => reading.run(() => runRead(work)),
    write: async (scopes, work) => {
      const { value, commit } = await writing.run(() => runWrite(scopes, work));
      if (commit.size > 0) for (const listener of [...listeners]) listener(commit);
      return value;
    },
    onCommit: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    size: () => reading.run(async () => pragmaOf(reader, 'page_count') * pragmaOf(reader, 'page_size')),
    close: async () => {
      await Promise.all([writing.idle(), reading.idle()]);
      if (!writer.open) return;
      reader.close();
      writer.pragma(`busy_timeout = ${BUSY_MS_MAX}`);
      writer.pragma('wal_checkpoint(TRUNCATE)');
      writer.close();
    },
  };
}

function pragmaOf(database: Database.Database, name: string): number {
  return Number(database.pragma(name, { simple: true }));
}

function createReadRunner(reader: Database.Database) {
  const tx = createReadTx(reader);
  const begin = reader.prepare('BEGIN');
  const end = reader.prepare('COMMIT');
  return async <Value>(work: (tx: ReadTx) => Promise<Value>): Promise<Value> => {
    begin.run();
    try {
      return await work(tx);
    } catch (error) {
      throw asStoreFault(error);
    } finally {
      end.run();
    }
  };
}

interface Written<Value> {
  readonly value: Value;
  readonly commit: Commit;
}

function createWriteRunner(writer: Database.Database, deps: SqliteDeps) {
  const kept = createKeptAnswers(keptSource(writer), createReadTx(writer));
  const { reads } = kept;
  const numbers = createCommitNumbers(writer, kept.placeOf);
  const changes = createCommitChanges();
  const nextTag = createTags(deps.randomBytes);
  const begin = writer.prepare('BEGIN IMMEDIATE');
  const commit = writer.prepare('COMMIT');
  const rollback = writer.prepare('ROLLBACK');
  let declared: readonly Scope[] = [];
  const numberIn = (scope: Scope): number => {
    if (!declared.includes(scope)) throw new Error(`Invariant broken: this transaction does not hold scope ${scope}.`);
    return numbers.next(scope);
  };
  const { documents } = kept;
  const writes = watchWrites(createWrites(writer, { ...changes, documents, next: numberIn }), deps.beforeWrite);
  const all = { ...reads, ...kept.noting(writes) };
  return async <Value>(scopes: readonly Scope[], work: (tx: WriteTx) => Promise<Value>): Promise<Written<Value>> => {
    declared = scopes;
    const tx = guardTransaction(all);
    try {
      await beginWhenFree(() => begin.run(), deps);
      kept.begin();
      const value = await work(tx.tx);
      const moved = numbers.flush(nextTag());
      const epoch = moved.size > 0 ? await reads.epoch() : undefined;
      deps.beforeWrite?.();
      commit.run();
      for (const [scope, { place }] of moved) kept.moved(scope, place);
      return { value, commit: commitOf(moved, changes, epoch) };
    } catch (error) {
      numbers.forget();
      kept.forget();
      if (writer.inTransaction) rollback.run();
      throw asStoreFault(error);
    } finally {
      changes.forget();
      tx.finish();
    }
  };
}

function commitOf(
  moved: ReturnType<CommitNumbers['flush']>,
  changes: CommitChanges,
  epoch: Epoch | undefined,
): Map<Scope, ScopeCommit | null> {
  const commit = new Map<Scope, ScopeCommit | null>();
  for (const [scope, stretch] of moved) {
    const known = changes.of(scope);
    commit.set(scope, known && epoch ? { ...stretch, epoch, changes: known } : null);
  }
  return commit;
}

/** Begins, as soon as no other process holds the lock; throws what SQLite says where one does for too long. */
async function beginWhenFree(begin: () => void, { after }: SqliteDeps): Promise<void> {
  for (let waitedMs = 0; ; waitedMs += BUSY_RETRY_MS) {
    try {
      return begin();
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'SQLITE_BUSY' || waitedMs >= BUSY_MS_MAX) throw error;
    }
    await new Promise<void>((resolve) => after(BUSY_RETRY_MS, resolve));
  }
}

const DISK_CODES = /^SQLITE_(FULL|IOERR|READONLY|CORRUPT|NOTADB|CANTOPEN|BUSY|LOCKED)/;

const DAMAGE_CODES = /^SQLITE_(CORRUPT|NOTADB)/;

/** SQLite's word for a failing disk becomes the port's; everything else is a bug and stays what it is. */
function asStoreFault(error: unknown): unknown {
  if (!(error instanceof Database.SqliteError) || !DISK_CODES.test(error.code)) return error;
  return new StoreFault(error.message, error.code.startsWith('SQLITE_FULL'), error, DAMAGE_CODES.test(error.code));
}
