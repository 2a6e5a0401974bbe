import { EMPTY_HEAD } from '../../schema/chain.ts';
import type { DeviceEntry, Entry, Head } from '../../schema/entry/entry.ts';
import { type DeviceId, entryId } from '../../schema/ids.ts';
import type { EntryVerdict } from '../../schema/protocol/push.ts';
import type { Result } from '../../schema/result.ts';
import type { JournalChange, StoredDevice } from '../store/store.ts';
import { ensureAuthor } from './authors.ts';
import type { ExaminedPush } from './examine-push.ts';
import { drawToFork, forkEntries, forkFor, forkHolding } from './forks.ts';
import type { JournalWork } from './journal-work.ts';
import { type PlacedRow, readPlacedRow } from './judge-row.ts';
import { noteLate } from './lacking.ts';
import { isServerJournal } from './server-device.ts';
import { releaseEntry } from './server-journal.ts';
import { refuseRow } from './set-aside.ts';
import { storeRow } from './store-row.ts';

const FORKED = 'forked: another entry stands at this place';

/** Takes one pushed row: gives its verdict as long as nothing that is folded later turns it. */
export async function takeRow(work: JournalWork, push: ExaminedPush, row: PlacedRow): Promise<EntryVerdict> {
  const author = push.authors.get(row.deviceId);
  if (!author) return refuseRow(work, push, row.row, 'author: no certificate of this branch proves who wrote it');
  const doubt = doubtOf(push, row);
  if (doubt) return refuseRow(work, push, row.row, doubt);
  await ensureAuthor(work, author);
  const read = readPlacedRow(row, author);
  const known = await work.tx.entry(row.place.id);
  if (known?.hash === row.place.hash) return repeat(work, author, known, read);
  const link = { ...row.place, seq: row.seq };
  const forked = await forkHolding(work, author, link);
  if (forked) {
    await releaseWhole(work, author, forked, read);
    return { ...claim(row), verdict: 'forked', reason: FORKED };
  }
  if (known || (await diverges(work, row))) return fileFork(work, push, author, row, read);
  const isLate = row.seq <= (await headOf(work, author)).seq;
  if (isLate) await noteLate(work.tx, row.deviceId, row.seq);
  await reach(work, row);
  return storeRow(work, push, { author, row, read, fork: null, isLate });
}

/** Why nothing proves that the id's device wrote this, or null. A device of protocol 1 signs nothing; its credential speaks for it. */
function doubtOf(push: ExaminedPush, row: PlacedRow): string | null {
  const isOwn = row.deviceId === push.courier.deviceId;
  if (!push.isVouched(row) && !(isOwn && push.protocol === 1)) return 'signature: none by its device vouches for it';
  // Others hold nothing but what could be read: a changed copy must not take the place of what its device wrote.
  return isOwn || row.holds ? null : 'hash: handed in by another device, and not what its hash says';
}

function claim({ place }: PlacedRow): Pick<EntryVerdict, 'id' | 'hash'> {
  return { id: place.id, hash: place.hash };
}

async function headOf({ tx }: JournalWork, { deviceId }: Pick<StoredDevice, 'deviceId'>) {
  return (await tx.head(deviceId)) ?? EMPTY_HEAD;
}

/** The end of what is here of a device's own chain without a gap: its head, or what this transaction stored behind it. */
async function reachedBy(work: JournalWork, deviceId: DeviceId): Promise<Head> {
  const [head, reached] = [await headOf(work, { deviceId }), work.reached.get(deviceId)];
  return reached && reached.seq > head.seq ? reached : head;
}

/** Notes a row that follows what was reached: the next one need not look it up. */
async function reach(work: JournalWork, { deviceId, seq, place }: PlacedRow): Promise<void> {
  const last = await reachedBy(work, deviceId);
  if (seq === last.seq + 1 && place.prev === last.hash) work.reached.set(deviceId, { seq, hash: place.hash });
}

/** The same answer again: an entry that was quarantined must not look counted because an answer was lost. */
async function repeat(
  work: JournalWork,
  author: StoredDevice,
  known: JournalChange,
  read: Result<Entry, string>,
): Promise<EntryVerdict> {
  const { id, hash, verdict, reason } = known;
  // What should have folded it may have failed.
  if (known.entrySeq > (await headOf(work, author)).seq) work.toFold.set(author.deviceId, author);
  if (verdict !== 'quarantined') return { id, hash, verdict: 'duplicate' };
  await releaseWhole(work, author, known, read);
  const isFork = await forkHolding(work, author, { ...known, seq: known.entrySeq });
  return { id, hash, verdict: isFork ? 'forked' : verdict, reason };
}

/** What could not be read when it came first, a stub or a damaged copy, is released when it comes whole. */
async function releaseWhole(
  work: JournalWork,
  author: StoredDevice,
  { id, kind, verdict }: JournalChange,
  read: Result<Entry, string>,
): Promise<void> {
  if (verdict !== 'quarantined' || kind !== 'unreadable' || !read.ok || isServerJournal(author)) return;
  await releaseEntry(work, id, read.value as DeviceEntry, 'it came whole');
}

/** True when a row follows another history of its device than the one that is here. */
async function diverges(work: JournalWork, { deviceId, seq, place, holds }: PlacedRow): Promise<boolean> {
  if (seq === 1) return false;
  const { tx } = work;
  const head = await headOf(work, { deviceId });
  const reached = await reachedBy(work, deviceId);
  const before = reached.seq === seq - 1 ? reached.hash : (await tx.entry(entryId(deviceId, seq - 1)))?.hash;
  if (before !== place.prev || seq - 1 > reached.seq) {
    // A fork that it follows comes before what only waits in the device's own chain: that may never be reached.
    const followsFork = (await forkEntries(work, deviceId, seq - 1)).some(({ hash }) => hash === place.prev);
    // Where the hash does not hold, `prev` may be what was damaged: then it proves no other history.
    if (followsFork || (before !== undefined && before !== place.prev && holds)) return true;
  }
  // In a closed gap: what stands behind it says what its last entry was.
  if (seq >= head.seq || !holds) return false;
  const after = await tx.entry(entryId(deviceId, seq + 1));
  return after !== undefined && after.prev !== place.hash;
}

async function fileFork(
  work: JournalWork,
  push: ExaminedPush,
  author: StoredDevice,
  row: PlacedRow,
  read: Result<Entry, string>,
): Promise<EntryVerdict> {
  const fork = await forkFor(work, author, { ...row.place, seq: row.seq });
  if (fork) {
    await storeRow(work, push, { author, row, read, fork, isLate: false });
    await drawToFork(work, author, { ...row.place, seq: row.seq });
    return { ...claim(row), verdict: 'forked', reason: FORKED };
  }
  // Kept aside it counts nowhere: acknowledged, its device would let go of the only sale that says so.
  return refuseRow(work, push, row.row, 'forked: this device has too many diverging runs');
}
