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

/** The epoch of a database file and how far it holds each device; null where it cannot be read. */
export function readHeads(file: string): DatabaseHeads | null {
  try {
    const database = openLook(file);
    try {
      const epoch = database.prepare<[], Epoch>('SELECT n, id FROM epoch ORDER BY n DESC LIMIT 1').get() ?? null;
      const heads = database.prepare<[], DeviceHead>(
        `SELECT d.id AS deviceId, d.branch, d.till, d.generation, h.entry_seq AS seq, h.hash
         FROM device d JOIN head h ON h.device_id = d.id ORDER BY d.branch, d.till, d.generation, d.id`,
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
