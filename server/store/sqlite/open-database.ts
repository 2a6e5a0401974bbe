import Database from 'better-sqlite3';
import { addArchivedText } from './archived-text.ts';
import { type MigrateHooks, migrate } from './migrate.ts';
import { addRowSum } from './row-sum.ts';

/** How long a statement, or a transaction that begins, waits for another process's lock, in milliseconds. */
export const BUSY_MS_MAX = 5_000;

/**
 * Pages of the log (16 MiB) after which a commit takes them over into the database: what many commits write again, as the end of an index, is
 * taken over once.
 */
export const LOG_PAGES_MAX = 4_000;

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
    addArchivedText(database);
    letArchive(database, false);
    migrate(database, hooks);
  } catch (error) {
    database.close();
    throw error;
  }
  // The migration switched it off and on again.
  assertPragmas(database);
  database.pragma(`wal_autocheckpoint = ${LOG_PAGES_MAX}`);
  return database;
}

/** Opens the writing connection of the archive's own command: it alone may put a pointer in the place of an entry's text. */
export function openArchiver(file: string): Database.Database {
  const database = openWriter(file);
  letArchive(database, true);
  return database;
}

/** What the trigger of the table of entries asks; where nobody answers, no row of it changes at all. */
function letArchive(database: Database.Database, may: boolean): void {
  database.function('archiving', () => (may ? 1 : 0));
}

/** Opens a connection that can only read. */
export function openReader(file: string): Database.Database {
  const database = new Database(file);
  setPragmas(database);
  addArchivedText(database);
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
