import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { fail, ok, type Result } from '../schema/result.ts';
import { PRIVATE_DIR_MODE } from './keys/secret-file.ts';

/** Locked while a server runs on the folder. SQLite's lock is the system's own: it ends with the process, however that ends. */
const LOCK_FILE = 'serving.lock';

/** Claims a shop's folder for this process, and gives the way to let it go. The sentence says that another Laci has it. */
export function claimFolder(dataDir: string): Result<() => void, string> {
  mkdirSync(dataDir, { recursive: true, mode: PRIVATE_DIR_MODE });
  const lock = new Database(join(dataDir, LOCK_FILE), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if ((error as { code?: unknown }).code !== 'SQLITE_BUSY') throw error;
    return fail(
      `the folder ${dataDir} is in use by another Laci. Stop that one first, or choose another folder with --data.`,
    );
  }
  return ok(() => lock.close());
}
