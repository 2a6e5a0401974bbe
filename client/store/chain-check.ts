import { type ChainFault, findChainFault } from '../../schema/chain.ts';
import type { DeviceEntry, Head } from '../../schema/entry/entry.ts';
import type { Cancel, Timers } from '../device/device-deps.ts';

/** The newest entries, checked before the device opens: some tens of milliseconds. */
export const CHECKED_AT_START = 500;
/** Older ones are checked so many at once, newest first, while the till is selling already. */
const SLICE_ENTRIES = 50;

/**
 * Checks a journal, in order and without gaps. Faults among the newest entries are told before this returns, older ones a slice
 * at a time; the first of each slice. Gives the way to stop.
 */
export function checkChain(
  entries: readonly DeviceEntry[],
  timers: Timers,
  onFault: (fault: ChainFault) => void,
): Cancel {
  let end = entries.length;
  let cancel: Cancel = () => undefined;
  const checkBack = (count: number) => {
    const start = Math.max(0, end - count);
    const fault = findChainFault(entries.slice(start, end), headBefore(entries, start));
    if (fault) onFault(fault);
    end = start;
    if (end > 0) cancel = timers.after(0, () => checkBack(SLICE_ENTRIES));
  };
  if (end > 0) checkBack(CHECKED_AT_START);
  return () => cancel();
}

/** Older entries may have been pruned: then checking starts at the first one held. */
function headBefore(entries: readonly DeviceEntry[], start: number): Head | undefined {
  const before = entries[start - 1];
  if (before) return { seq: before.seq, hash: before.hash };
  const first = entries[0];
  return first === undefined || first.seq === 1 ? undefined : { seq: first.seq - 1, hash: first.prev };
}
