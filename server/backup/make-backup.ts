import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { fail, ok, type Result } from '../../schema/result.ts';
import { archiveOf, carrySegments } from '../archive/carry-segments.ts';
import { SHOP_FILES } from '../core/shop-files.ts';
import type { Deps } from '../deps.ts';
import { openLedger } from '../keys/ledger.ts';
import { PRIVATE_DIR_MODE } from '../keys/secret-file.ts';
import { findCopyFault } from './check-copy.ts';
import { fileTime, makePrivate, nameDraft, removeDatabase, syncFile } from './files.ts';
import { type DatabaseHeads, readHeads } from './read-heads.ts';

/** The folder inside the shop's own where backups go that name no other. */
export const BACKUPS = 'backups';

export interface Backup extends DatabaseHeads {
  readonly file: string;
  readonly bytes: number;
}

/**
 * Copies the database of a shop, which may be selling meanwhile: one moment of it, whole. The copy is read back and checked before
 * it gets its name; the segments of the archive that it points at come beside it, once each; an existing file is never overwritten; the ledger, and through it the server, learns what is backed up.
 */
export function makeBackup(
  dataDir: string,
  to: string | undefined,
  deps: Pick<Deps, 'now' | 'verify'>,
): Result<Backup, string> {
  const source = join(dataDir, SHOP_FILES.database);
  if (!existsSync(source)) return fail(`there is no shop in ${dataDir}.`);
  const at = deps.now();
  const file = resolve(to ?? join(dataDir, BACKUPS, `laci-${fileTime(at)}.db`));
  if (existsSync(file)) return fail(`${file} is there already, and a backup never replaces one.`);
  mkdirSync(dirname(file), { recursive: true, mode: PRIVATE_DIR_MODE });
  const draft = `${file}.draft`;
  const fault =
    copyDatabase(source, draft) ??
    carrySegments(draft, archiveOf(source), archiveOf(file)) ??
    findCopyFault(draft, deps.verify);
  const heads = fault === null ? readHeads(draft) : null;
  if (!heads?.epoch) {
    removeDatabase(draft);
    return fail(`the backup was not kept: ${fault ?? 'it holds no shop'}. Check the shop: npm run verify`);
  }
  nameDraft(draft, file);
  const named = Object.fromEntries(heads.heads.map(({ deviceId, seq, hash }) => [deviceId, { seq, hash }]));
  openLedger(join(dataDir, SHOP_FILES.ledger)).append({
    ...{ kind: 'backup', at, epoch: heads.epoch, file, heads: named },
  });
  return ok({ ...heads, file, bytes: statSync(file).size });
}

/** Writes one snapshot of `source` into `draft`, on disk when it returns. Gives why it could not be made. */
function copyDatabase(source: string, draft: string): string | null {
  removeDatabase(draft);
  const database = new Database(source, { readonly: true, fileMustExist: true });
  try {
    database.prepare('VACUUM INTO ?').run(draft);
  } catch (error) {
    if (error instanceof Database.SqliteError) return error.message;
    throw error;
  } finally {
    database.close();
  }
  makePrivate(draft);
  syncFile(draft);
  return null;
}
