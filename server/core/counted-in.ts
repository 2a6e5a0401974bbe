import type { Entry } from '../../schema/entry/entry.ts';
import { readDeviceEntry } from '../../schema/entry/entry.ts';
import type { JournalChange, ReadTx } from '../store/store.ts';
import { targets } from './targets.ts';

/** The entry that a folded row counts in reports: itself, or what a release says it meant; none where another row counts it. */
export async function countedIn(tx: ReadTx, { id, verdict, json }: JournalChange): Promise<Entry | null> {
  if (verdict !== 'accepted') return null;
  const entry = JSON.parse(json) as Entry;
  if (entry.kind !== 'release') {
    return (await tx.settledBy(targets.release(entry.id, entry.hash))) === undefined ? entry : null;
  }
  const read = readDeviceEntry(entry.body.readable);
  if (!read.ok) return null;
  return (await tx.settledBy(targets.release(read.value.id, read.value.hash))) === id ? read.value : null;
}
