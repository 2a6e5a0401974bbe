import type { DeviceEntry } from '../../schema/entry/entry.ts';
import type { BranchEntry } from '../../schema/protocol/pull.ts';
import { endsRun, type PushRow, wholeRow } from './push-body.ts';

/** An entry of another device as its author wrote it, or null where only the server knows its text. */
export function rowOfAnother({ entry, signature }: BranchEntry): PushRow | null {
  return entry === undefined ? null : wholeRow({ ...(entry as unknown as DeviceEntry), signature });
}

/**
 * What can be handed in of some entries of one device, in order: runs that are chained and end with a signature, which vouches for
 * all before it in its run. What stands behind the last signature of a run stays here.
 */
export function signedRuns(entries: readonly BranchEntry[]): readonly PushRow[] {
  const rows = entries.flatMap((entry) => rowOfAnother(entry) ?? []);
  const covered: PushRow[] = [];
  let isCovered = false;
  for (let index = rows.length - 1; index >= 0; index -= 1) {
    const row = rows[index] as PushRow;
    isCovered = row.signature !== undefined || (isCovered && !endsRun(rows, index));
    if (isCovered) covered.push(row);
  }
  return covered.reverse();
}
