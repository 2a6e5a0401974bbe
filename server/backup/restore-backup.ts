import { copyFileSync, existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import type { Epoch } from '../../schema/epoch.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import { archiveOf, carrySegments } from '../archive/carry-segments.ts';
import { claimFolder } from '../claim-folder.ts';
import { beginEpoch } from '../core/epoch.ts';
import { SHOP_FILES } from '../core/shop-files.ts';
import type { Deps } from '../deps.ts';
import { type Ledger, openLedger } from '../keys/ledger.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import { findCopyFault } from './check-copy.ts';
import { fileTime, freeName, keepAs, makePrivate, moveLog, removeDatabase, syncFile, syncFolder } from './files.ts';
import { type DatabaseHeads, readHeads } from './read-heads.ts';
import { type ReturningDevice, returningDevices } from './returning-devices.ts';
import { isOfShop } from './same-shop.ts';

export interface Restored {
  readonly epoch: Epoch;
  /** Where the replaced database lies now; null when there was none. */
  readonly kept: string | null;
  readonly devices: readonly ReturningDevice[];
}

const OTHER_SHOP_ADVICE =
  'Nothing was changed. Restore it with --data into the folder that has its keys; where those are lost, into an empty one.';

/**
 * Puts a backup in the place of a shop's database and begins a new epoch in it, so that every device sends again what the backup lacks.
 * Keys, secret and ledger stay. Refuses while a server serves the folder, and what another shop wrote. Cut short anywhere, the shop has the old database or the new
 * one; and the old one then begins a new epoch too, because the ledger knows of one.
 */
export async function restoreBackup(dataDir: string, from: string, deps: Deps): Promise<Result<Restored, string>> {
  const backup = resolve(from);
  if (!existsSync(backup)) return fail(`there is no file ${backup}.`);
  const claim = claimFolder(dataDir);
  if (!claim.ok) return claim;
  try {
    const [beside, own] = [archiveOf(backup), archiveOf(join(dataDir, SHOP_FILES.database))];
    const fault = findCopyFault(backup, deps.verify, [own]);
    if (fault) return fail(`${backup} is damaged: ${fault}. Take another backup.`);
    const held = readHeads(backup);
    // A file of no bytes, as a full disk leaves one, is a database without a table to SQLite.
    if (!held?.epoch) return fail(`${backup} holds no shop. Take another backup.`);
    if (!isOfShop(backup, dataDir)) return fail(`${backup} is of another shop than ${dataDir}. ${OTHER_SHOP_ADVICE}`);
    const missing = carrySegments(backup, beside, own);
    if (missing) return fail(`${backup} is damaged: ${missing}. Take another backup.`);
    return ok(await putInPlace({ dataDir, backup, held }, deps));
  } finally {
    claim.value();
  }
}

interface Copy {
  readonly dataDir: string;
  readonly backup: string;
  readonly held: DatabaseHeads;
}

async function putInPlace({ dataDir, backup, held }: Copy, deps: Deps): Promise<Restored> {
  const database = join(dataDir, SHOP_FILES.database);
  const ledger = openLedger(join(dataDir, SHOP_FILES.ledger));
  const draft = `${database}.restoring`;
  copyBackup(backup, draft);
  const epoch = await beginRestoredEpoch(draft, ledger, deps);
  const kept = existsSync(database) ? freeName(`${database}.replaced-${fileTime(deps.now())}`) : null;
  const replaced = kept ? setAside(database, kept) : null;
  renameSync(draft, database);
  syncFolder(dataDir);
  return { epoch, kept, devices: returningDevices(held, replaced, ledger.lastBackup()) };
}

function copyBackup(backup: string, draft: string): void {
  removeDatabase(draft);
  // A shop's file that was copied as it was may have its newest sales in the log beside it.
  for (const end of ['', '-wal']) {
    if (!existsSync(`${backup}${end}`)) continue;
    copyFileSync(`${backup}${end}`, `${draft}${end}`);
    makePrivate(`${draft}${end}`);
    syncFile(`${draft}${end}`);
  }
}

/** Opening brings an older layout up to date; closing folds everything into the one file. */
async function beginRestoredEpoch(draft: string, ledger: Ledger, deps: Deps): Promise<Epoch> {
  const store = openSqliteStore(draft, deps);
  try {
    return await beginEpoch({ store, ledger, deps }, 'restored');
  } finally {
    await store.close();
    removeLeftovers(draft);
    syncFile(draft);
  }
}

/** What a migration kept of the draft: the backup itself is that copy. */
function removeLeftovers(draft: string): void {
  const folder = resolve(draft, '..');
  for (const name of readdirSync(folder)) {
    if (name.startsWith(`${SHOP_FILES.database}.restoring.before-`)) rmSync(join(folder, name));
  }
}

/** Gives the replaced database a second name, its log folded in or beside it. Gives how far it held each device. */
function setAside(database: string, kept: string): DatabaseHeads | null {
  foldLog(database);
  const heads = readHeads(database);
  keepAs(database, kept);
  // What a damaged database could not fold in must not be taken for the log of the restored one.
  moveLog(database, kept);
  return heads;
}

function foldLog(database: string): void {
  try {
    const past = new Database(database);
    past.pragma('wal_checkpoint(TRUNCATE)');
    past.close();
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
  }
}
