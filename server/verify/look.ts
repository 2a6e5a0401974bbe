import Database from 'better-sqlite3';
import type { PublicKey } from '../../schema/protocol/enrol.ts';
import type { Ledger } from '../keys/ledger.ts';
import type { VerifySignature } from '../keys/verify-signature.ts';
import { addArchivedText } from '../store/sqlite/archived-text.ts';
import type { Findings } from './findings.ts';

/** What every check looks at and tells to. */
export interface Look {
  readonly database: Database.Database;
  readonly findings: Findings;
  readonly verify: VerifySignature;
  /** The shop's ledger and public key, where the shop's folder is at hand; a database alone can be checked without. */
  readonly ledger: Ledger | null;
  readonly shopKey: PublicKey | null;
  /** Called with the number of rows looked at since the last call. */
  tick(rows: number): void;
}

/** Rows read at once. */
export const PAGE = 500;

/**
 * Opens a database to look at: nothing is ever written to it, whatever it holds. An archived text that cannot be read is none; segments
 * are looked for beside the file and in `archives`.
 */
export function openLook(file: string, archives: readonly string[] = []): Database.Database {
  const database = new Database(file, { readonly: true, fileMustExist: true });
  addArchivedText(database, { folders: archives, lenient: true });
  database.pragma('query_only = ON');
  // Throws here, and not later, where this is no database at all.
  database.prepare('SELECT count(*) FROM sqlite_schema').get();
  return database;
}

/** Runs a check; where SQLite cannot read the file, that is a finding and no end. */
export function guarded(look: Look, table: string, check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
    look.findings.add(table, '', `cannot be read: ${error.message}`);
  }
}

/** A stored text as JSON; undefined where it is none. */
export function parseText(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
