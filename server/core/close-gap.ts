import { EMPTY_HEAD } from '../../schema/chain.ts';
import type { DeviceId } from '../../schema/ids.ts';
import { REASON_MAX } from '../../schema/limits.ts';
import type { StoredDevice } from '../store/store.ts';
import { foldAll } from './advance-head.ts';
import type { Core } from './core.ts';
import { type JournalWork, workOnJournals } from './journal-work.ts';
import { writeServerEntry } from './server-journal.ts';
import { settleWhatCan } from './settle-inbox.ts';

/** Gaps closed in one transaction: a device may have made thousands, and nobody else's sale waits for all of them. */
export const GAPS_AT_ONCE_MAX = 50;

/**
 * A person says that a device is lost: what is missing of it up to the entry `upTo` will not come. Each gap before an entry
 * that is here is closed by the server's journal, and what stands behind it counts. Gives the number of gaps closed.
 */
export async function closeGap(core: Core, deviceId: DeviceId, upTo: number, reason: string): Promise<number> {
  await settleWhatCan(core, [deviceId]);
  const author = await core.store.read((tx) => tx.device(deviceId));
  if (!author) return 0;
  for (let all = 0; ; ) {
    const closed = await workOnJournals(core, author.branch, (work) => closeGapsUpTo(work, author, upTo, reason));
    all += closed;
    // Fewer than could be closed: what stands behind a gap had to be folded first.
    if (closed === 0) return all;
  }
}

/** Closes gaps of a device that end before an entry at or below `upTo + 1`: the first ones, and more when asked again. Gives their number. */
export async function closeGapsUpTo(
  work: JournalWork,
  author: StoredDevice,
  upTo: number,
  reason: string,
): Promise<number> {
  const { deviceId } = author;
  let closed = 0;
  for (; closed < GAPS_AT_ONCE_MAX; closed += 1) {
    const { seq } = (await work.tx.head(deviceId)) ?? EMPTY_HEAD;
    const [next] = await work.tx.entriesFrom(deviceId, seq + 1, 1);
    if (!next || next.entrySeq === seq + 1 || next.entrySeq > upTo + 1) return closed;
    const gap = { deviceId, from: seq + 1, to: next.entrySeq - 1 };
    await writeServerEntry(work, 'gap-closed', { ...gap, reason: reason.slice(0, REASON_MAX).toWellFormed() });
    await foldAll(work);
  }
  return closed;
}
