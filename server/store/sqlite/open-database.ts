import Database from 'better-sqlite3';
import { type MigrateHooks, migrate } from './migrate.ts';
import { addRowSum } from './row-sum.ts';

/** How long a statement waits for another process's lock, in milliseconds. */
const BUSY_MS_MAX = 5_000;

/** What must hold of every connection: an acknowledged sale survives a power cut only in WAL with synchronous=FULL (2). */
const PRAGMAS = { journal_mode: 'wal', synchronous: 2, foreign_keys: 1, busy_timeout: BUSY_MS_MAX } as const;

/**
 * Opens the one writing connection, and brings the file to the newest layout. Throws when a PRAGMA did not take, or when the
 * file was laid out by a newer Laci.
 */
export function openWriter(file: string, hooks: MigrateHooks = {}): Database.Database {
  const database = new Database(file);
  try {
    setPragmas(database);
    addRowSum(database);
    migrate(database, hooks);
  } catch (error) {
    database.close();
    throw error;
  }
  // The migration switched it off and on again.
  assertPragmas(database);
  return database;
}

/** Opens a connection that can only read. */
export function openReader(file: string): Database.Database {
  const database = new Database(file);
  setPragmas(database);
  database.pragma('query_only = ON');
  return database;
}

function setPragmas(database: Database.Database): void {
  for (const [name, value] of Object.entries(PRAGMAS)) database.pragma(`${name} = ${value}`);
  assertPragmas(database);
}

function assertPragmas(database: Database.Database): void {
  for (const [name, value] of Object.entries(PRAGMAS)) {
    const read = database.pragma(name, { simple: true });
    if (read !== value) throw new Error(`SQLite did not take ${name} = ${value}: it says ${String(read)}.`);
  }
}
