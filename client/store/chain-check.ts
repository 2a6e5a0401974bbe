import { type ChainFault, findChainFault } from '../../schema/chain.ts';
import type { DeviceEntry, Head } from '../../schema/entry/entry.ts';
import type { Cancel, Timers } from '../device/device-deps.ts';

/** The newest entries, checked before the device opens: some tens of milliseconds. */
export const CHECKED_AT_START = 500;
/** Older ones are checked so many at once, newest first, while the till is selling already. */
const SLICE_ENTRIES = 50;
/** Faults told of one journal; a journal with more of them is broken as a whole, and that is known by then. */
export const CHAIN_FAULTS_MAX = 200;

/**
 * Checks a journal, in order. Faults among the newest entries are told before this returns, older ones a slice at a time. Behind a
 * fault checking goes on from what the faulty entry claims. Gives the way to stop.
 */
export function checkChain(
  entries: readonly DeviceEntry[],
  timers: Timers,
  onFault: (fault: ChainFault) => void,
): Cancel {
  let end = entries.length;
  let told = 0;
  let cancel: Cancel = () => undefined;
  const checkBack = (count: number) => {
    const start = Math.max(0, end - count);
    for (const fault of findFaults(entries.slice(start, end), headBefore(entries, start))) {
      told += 1;
      if (told <= CHAIN_FAULTS_MAX) onFault(fault);
    }
    end = start;
    if (end > 0 && told < CHAIN_FAULTS_MAX) cancel = timers.after(0, () => checkBack(SLICE_ENTRIES));
  };
  if (end > 0) checkBack(CHECKED_AT_START);
  return () => cancel();
}

/** All faults of a run, each entry checked against the one before it as that one stands there. */
function findFaults(entries: readonly DeviceEntry[], before: Head | undefined): ChainFault[] {
  const faults: ChainFault[] = [];
  let head = before;
  for (let rest = entries; rest.length > 0; ) {
    const fault = findChainFault(rest, head);
    if (fault === null) break;
    faults.push(fault);
    const at = rest.findIndex(({ seq }) => seq === fault.seq);
    head = headOf(rest[at]);
    rest = at === -1 ? [] : rest.slice(at + 1);
  }
  return faults;
}

/** Older entries may have been pruned: then checking starts at the first one held. */
function headBefore(entries: readonly DeviceEntry[], start: number): Head | undefined {
  const before = entries[start - 1];
  if (before) return headOf(before);
  const first = entries[0];
  return first === undefined || first.seq === 1 ? undefined : { seq: first.seq - 1, hash: first.prev };
}

function headOf(entry: DeviceEntry | undefined): Head | undefined {
  return entry && { seq: entry.seq, hash: entry.hash };
}
