import { EMPTY_HEAD } from '../../schema/chain.ts';
import type { Head } from '../../schema/entry/entry.ts';
import type { DeviceId } from '../../schema/ids.ts';
import type { JournalChange, StoredDevice } from '../store/store.ts';
import { overClosedGap } from './closed-gaps.ts';
import { foldEntry } from './fold-entry.ts';
import { copyToFork, drawToFork } from './forks.ts';
import type { JournalWork } from './journal-work.ts';
import { noteStoredReturn } from './refund-flags.ts';
import { flagClose } from './z-flags.ts';

/** Entries read at once while a closed gap is folded. */
const FOLD_PAGE = 200;

/** Folds what now follows the heads of all authors that got something, forks that come of it included, as far as there is room. */
export async function foldAll(work: JournalWork): Promise<void> {
  for (const [deviceId, author] of work.toFold) {
    if (work.room.entries === 0) return;
    work.toFold.delete(deviceId);
    const last = await advanceHead(work, author);
    if (work.room.entries === 0) work.toFold.set(deviceId, author);
    else if (author.forkOf) await drawOn(work, author.forkOf, last);
  }
}

/** What waits in its device's own chain and follows a fork joins it: where that was filed there was no room for all. */
async function drawOn(work: JournalWork, original: DeviceId, last: Head): Promise<void> {
  const author = await work.tx.device(original);
  if (author) await drawToFork(work, author, last);
}

/**
 * Folds everything that now follows the head without a gap, strictly in the order of the chain, and moves the head; gives where it
 * is then. A quarantined entry folds as nothing and moves the head to its claimed hash.
 */
async function advanceHead(work: JournalWork, author: StoredDevice): Promise<Head> {
  const { tx, room } = work;
  const { deviceId } = author;
  const before: Head = (await tx.head(deviceId)) ?? EMPTY_HEAD;
  let last = before;
  for (let more = true; more; ) {
    const limit = Math.min(FOLD_PAGE, room.entries);
    const page = await tx.entriesFrom(deviceId, last.seq + 1, limit);
    for (const entry of page) {
      last = await overClosedGap(tx, entry, last);
      if (entry.entrySeq !== last.seq + 1) break;
      await foldNext(work, author, entry, last);
      last = { seq: entry.entrySeq, hash: entry.hash };
      room.entries -= 1;
      await work.step();
    }
    more = room.entries > 0 && page.length === limit && page.at(-1)?.entrySeq === last.seq;
  }
  if (last.seq !== before.seq) await tx.setHead(deviceId, last);
  return last;
}

async function foldNext(work: JournalWork, author: StoredDevice, entry: JournalChange, last: Head): Promise<void> {
  if (entry.verdict === 'quarantined') return;
  if (entry.prev !== last.hash) return turn(work, author, entry, 'prev: does not follow the entry before it');
  const fault = await foldEntry(work, entry);
  if (fault) return turn(work, author, entry, fault);
  await flagClose(work, author, entry);
}

/**
 * An entry that came before the one it follows, and turns out not to count in its place. One that follows another history of its device
 * counts as the fork it is.
 */
async function turn(work: JournalWork, author: StoredDevice, entry: JournalChange, reason: string): Promise<void> {
  await work.tx.quarantineEntry(entry.id, reason);
  await noteStoredReturn(work, entry);
  const isFork = reason.startsWith('prev') && entry.entrySeq > 1 && (await copyToFork(work, author, entry));
  work.turned.set(entry.id, { verdict: isFork ? 'forked' : 'quarantined', reason });
}
