import Database from 'better-sqlite3';
import type { VerifySignature } from '../keys/verify-signature.ts';
import { rowSum, SUMMED_COLUMNS } from '../store/sqlite/row-sum.ts';
import { checkEntry, checkHead } from './check-chains.ts';
import { allDevices, type DeviceRow } from './device-rows.ts';
import { type EntryRow, entriesOf } from './entry-rows.ts';
import { createFindings, type Finding } from './findings.ts';
import { guarded, type Look, openLook } from './look.ts';

/** Entries looked at per device: what a torn write at the end of the file would have hit. */
const NEWEST_PER_DEVICE = 10;
/** Devices looked at: the start of a server must not take long. The full check, in the background, sees all. */
const DEVICES_MAX = 500;

/** Checks the newest entries of each device, and that SQLite can read the file's beginning and end. Quick enough for every start. */
export function checkNewest(
  file: string,
  verify: VerifySignature,
  archives: readonly string[] = [],
): { readonly findings: readonly Finding[] } {
  const findings = createFindings();
  try {
    const database = openLook(file, archives);
    const look: Look = { database, findings, verify, ledger: null, shopKey: null, tick: () => undefined };
    try {
      guarded(look, 'entry', () => {
        for (const device of allDevices(look).slice(0, DEVICES_MAX)) checkTail(look, device);
      });
    } finally {
      database.close();
    }
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
    findings.add('file', '', `cannot be read: ${error.message}`);
  }
  return { findings: findings.list() };
}

function checkTail(look: Look, device: DeviceRow): void {
  const { deviceId, headSeq } = device;
  const from = Math.max(1, (headSeq ?? 0) - NEWEST_PER_DEVICE + 1);
  let last: EntryRow | null = null;
  for (const row of entriesOf(look, deviceId, from)) {
    checkEntry(look, device, row);
    checkSum(look, row);
    if (row.seq <= (headSeq ?? 0)) last = row;
    if (row.seq > (headSeq ?? 0) + NEWEST_PER_DEVICE) break;
  }
  checkHead(look, device, last);
}

function checkSum({ database, findings }: Look, { id }: EntryRow): void {
  const row = database.prepare<unknown[], Record<string, unknown>>('SELECT * FROM entry WHERE id = ?').get(id);
  const isWhole = row && rowSum(SUMMED_COLUMNS.entry.map((column) => row[column])) === row.sum;
  if (!isWhole) findings.add('entry', id, 'its content is not what was written: the checksum differs');
}
