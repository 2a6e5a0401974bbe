import { findChainFault } from '../../schema/chain.ts';
import type { Head } from '../../schema/entry/entry.ts';
import { splitEntryId } from '../../schema/ids.ts';
import type { Findings } from './findings.ts';
import type { Journal, OwnEntry } from './journal.ts';

/** Entries read and checked at once: some milliseconds. */
const SLICE_ENTRIES = 100;

/**
 * Reads the own journal from disk once through and checks its chain. What does not hold is written down, one finding a slice.
 * False when it was cut short.
 */
export async function verifyJournal(
  journal: Pick<Journal, 'index' | 'read'>,
  findings: Pick<Findings, 'report'>,
  mayGoOn: () => boolean,
): Promise<boolean> {
  const { seq: last } = journal.index.head();
  let head: Head | undefined;
  for (let row = journal.index.next(0); row !== undefined && row.seq <= last; ) {
    if (!mayGoOn()) return false;
    const entries = await journal.read(row.seq, Math.min(last, row.seq + SLICE_ENTRIES - 1));
    const [first] = entries;
    const before: Head | undefined = head ?? (first && { seq: seqOf(first) - 1, hash: first.prev });
    const fault = findChainFault(entries, before);
    const faulty = fault && entries.find(({ seq }) => seq === fault.seq);
    if (fault && faulty) await findings.report('chain', faulty.id, { seq: fault.seq, fault: fault.fault, row: faulty });
    const end = entries.at(-1);
    head = end && { seq: seqOf(end), hash: end.hash };
    row = journal.index.next(end ? seqOf(end) : row.seq + SLICE_ENTRIES - 1);
  }
  return true;
}

/** By the key: what a damaged row says of itself must not lead in a circle. */
function seqOf({ id }: OwnEntry): number {
  return splitEntryId(id).seq;
}
