import type { Database } from 'better-sqlite3';
import type { DeviceId, Hash } from '../../../schema/ids.ts';
import type { InboxPlace, InboxPush, ReadTx, WriteTx } from '../store.ts';
import { rowWriter } from './row-sum.ts';

interface InboxRow extends Omit<InboxPush, 'last'> {
  readonly lastSeq: number;
  readonly lastHash: Hash;
}

export function readInbox(database: Database) {
  const end = database.prepare<[DeviceId], { seq: number; hash: Hash }>(
    'SELECT last_seq AS seq, last_hash AS hash FROM inbox WHERE device_id = ? ORDER BY first_seq DESC LIMIT 1',
  );
  const places = database.prepare<[number], InboxPlace>(
    `SELECT n, branch, device_id AS deviceId, last_seq - first_seq + 1 AS length
     FROM inbox INDEXED BY inbox_order ORDER BY n LIMIT ?`,
  );
  const push = database.prepare<[number], InboxRow>(
    `SELECT branch, device_id AS deviceId, first_seq AS firstSeq, last_seq AS lastSeq, last_hash AS lastHash,
       received_at AS receivedAt, beside, rows FROM inbox WHERE n = ?`,
  );
  return {
    inboxEnd: async (deviceId) => end.get(deviceId),
    inboxPlaces: async (limit) => places.all(limit),
    inboxPush: async (n) => {
      const row = push.get(n);
      if (!row) return undefined;
      const { lastSeq, lastHash, ...rest } = row;
      return { ...rest, last: { seq: lastSeq, hash: lastHash } };
    },
  } satisfies Partial<ReadTx>;
}

export function writeInbox(database: Database) {
  const put = rowWriter(database, 'inbox');
  const drop = database.prepare<[number]>('DELETE FROM inbox WHERE n = ?');
  return {
    putInInbox: async ({ last, ...row }) =>
      Number(put({ ...row, lastSeq: last.seq, lastHash: last.hash }).lastInsertRowid),
    dropFromInbox: async (n) => drop.run(n).changes > 0,
  } satisfies Partial<WriteTx>;
}
