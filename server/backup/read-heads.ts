import Database from 'better-sqlite3';
import type { Epoch } from '../../schema/epoch.ts';
import type { DeviceId, Hash } from '../../schema/ids.ts';
import { openLook } from '../verify/look.ts';

/** How far a database holds one device, and what people call it. */
export interface DeviceHead {
  readonly deviceId: DeviceId;
  readonly branch: string;
  readonly till: string;
  readonly generation: number;
  readonly seq: number;
  readonly hash: Hash;
}

export interface DatabaseHeads {
  readonly epoch: Epoch | null;
  readonly heads: readonly DeviceHead[];
}

const TAKEN = 'SELECT device_id, entry_seq AS seq, hash FROM head';

/** SQLite gives the hash of the row that has the greatest seq. */
const WITH_INBOX = `SELECT device_id, max(seq) AS seq, hash
  FROM (${TAKEN} UNION ALL SELECT device_id, last_seq, last_hash FROM inbox) GROUP BY device_id`;

/** The epoch of a database file and how far it holds each device, what waits in its inbox included; null where it cannot be read. */
export function readHeads(file: string): DatabaseHeads | null {
  try {
    const database = openLook(file);
    try {
      const epoch = database.prepare<[], Epoch>('SELECT n, id FROM epoch ORDER BY n DESC LIMIT 1').get() ?? null;
      const heads = database.prepare<[], DeviceHead>(
        `SELECT d.id AS deviceId, d.branch, d.till, d.generation, h.seq, h.hash
         FROM device d JOIN (${hasInbox(database) ? WITH_INBOX : TAKEN}) h ON h.device_id = d.id
         ORDER BY d.branch, d.till, d.generation, d.id`,
      );
      return { epoch, heads: heads.all() };
    } finally {
      database.close();
    }
  } catch (error) {
    if (error instanceof Database.SqliteError) return null;
    throw error;
  }
}

/** A copy of an earlier layout has none. */
function hasInbox(database: Database.Database): boolean {
  return database.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'inbox'`).get() !== undefined;
}
