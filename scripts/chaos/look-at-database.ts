import Database from 'better-sqlite3';
import type { DeviceId, EntryId } from '../../schema/ids.ts';

/** What the file of a server that was just killed holds, in its place or in the inbox, read without the server's code. */
export interface DatabaseLook {
  /** Of these rows, how many are there. */
  count(rows: Iterable<EntryId>): number;
  /** The last stored seq of each device, and how many are stored. */
  readonly heads: ReadonlyMap<DeviceId, { readonly last: number; readonly count: number }>;
  /** SQLite's own check of the file: `ok`, or what is wrong. */
  readonly integrity: string;
}

interface HeadRow {
  readonly deviceId: DeviceId;
  readonly last: number;
  readonly count: number;
}

/** Where every entry stands, whether it was taken or waits. */
const ALL = `SELECT id, device_id, entry_seq FROM entry UNION SELECT e.value ->> 'id', i.device_id, e.value ->> 'seq'
  FROM inbox i, json_each('[' || replace(CAST(i.rows AS TEXT), char(10), ',') || ']') e`;

/** Reads the file as it lies there, write-ahead log included. Nobody may be writing to it. */
export function lookAtDatabase(file: string): DatabaseLook {
  const database = new Database(file, { readonly: true, fileMustExist: true });
  try {
    const heads = database
      .prepare<[], HeadRow>(
        `SELECT device_id AS deviceId, max(entry_seq) AS last, count(*) AS count FROM (${ALL}) GROUP BY device_id`,
      )
      .all();
    const ids = new Set(database.prepare<[], EntryId>(`SELECT id FROM (${ALL})`).pluck().all());
    const integrity = String(database.pragma('quick_check', { simple: true }));
    return {
      count: (rows) => [...rows].filter((id) => ids.has(id)).length,
      heads: new Map(heads.map(({ deviceId, ...head }) => [deviceId, head])),
      integrity,
    };
  } finally {
    database.close();
  }
}
