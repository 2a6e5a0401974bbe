import type { Entry, Head } from '../../schema/entry/entry.ts';
import type { BranchId, DeviceId, Hash } from '../../schema/ids.ts';
import type { PlacedRow } from './judge-row.ts';

/** The rows of a push where they are one stretch of one device's chain, in its order. */
export interface OwnRun {
  readonly deviceId: DeviceId;
  readonly branch: BranchId;
  readonly firstSeq: number;
  /** The hash that its first row follows. */
  readonly prev: Hash;
  readonly last: Head;
  /** What each row is answered where all are accepted, as JSON. */
  readonly verdicts: string;
}

/** What must be known of a row to find its place in a run. */
export type RunRow = Pick<PlacedRow, 'deviceId' | 'seq' | 'place' | 'row'>;

/** The run that rows are whose schema was asked and whose hashes hold; null where anything is between them, or they are of several devices. */
export function ownRunOf(rows: readonly RunRow[]): OwnRun | null {
  const [first] = rows;
  if (!first) return null;
  const { deviceId, seq: firstSeq, place } = first;
  const { branch } = first.row as Entry;
  let last: Head = { seq: firstSeq - 1, hash: place.prev };
  for (const row of rows) {
    const isNext = row.deviceId === deviceId && row.seq === last.seq + 1 && row.place.prev === last.hash;
    if (!isNext || (row.row as Entry).branch !== branch) return null;
    last = { seq: row.seq, hash: row.place.hash };
  }
  const verdicts = rows.map(({ place: { id, hash } }) => `{"id":"${id}","hash":"${hash}","verdict":"accepted"}`);
  return { deviceId, branch, firstSeq, prev: place.prev, last, verdicts: `[${verdicts.join(',')}]` };
}
