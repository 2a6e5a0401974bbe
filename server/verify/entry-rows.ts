import type { DeviceId, EntryId, Hash } from '../../schema/ids.ts';
import { ENTRY_TEXT } from '../store/sqlite/archived-text.ts';
import { type Look, PAGE } from './look.ts';

/** A stored entry with what is said of it, as the tables hold it. */
export interface EntryRow {
  readonly id: EntryId;
  readonly deviceId: DeviceId;
  readonly seq: number;
  readonly prev: Hash;
  readonly hash: Hash;
  readonly scope: string;
  readonly kind: string;
  readonly at: number;
  readonly json: string;
  readonly signature: string;
  readonly courier: string;
  readonly verdict: 'accepted' | 'quarantined' | null;
  readonly reason: string | null;
  readonly flags: string | null;
}

const SELECT = `SELECT e.id, e.device_id AS deviceId, e.entry_seq AS seq, e.prev, e.hash, e.scope, e.kind, e.at, ${ENTRY_TEXT} AS json, e.signature,
  e.courier, s.verdict, s.reason, s.flags FROM entry e LEFT JOIN entry_state s ON s.id = e.id`;

/** All entries of one device in the order of its chain. */
export function* entriesOf(look: Look, deviceId: DeviceId, from = 1): Generator<EntryRow> {
  const page = look.database.prepare<unknown[], EntryRow>(
    `${SELECT} WHERE e.device_id = ? AND e.entry_seq >= ? ORDER BY e.entry_seq LIMIT ${PAGE}`,
  );
  for (let next = from, rows: EntryRow[] = []; ; ) {
    rows = page.all(deviceId, next);
    yield* rows;
    look.tick(rows.length);
    if (rows.length < PAGE) return;
    next = (rows.at(-1)?.seq ?? next) + 1;
  }
}
