import type { BodyOf, Entry, ServerEntry } from '../../schema/entry/entry.ts';
import { type EntryId, splitEntryId } from '../../schema/ids.ts';
import type { Quantity } from '../../schema/quantity.ts';
import { type StockEffect, stockEffects } from '../../schema/stock/effect.ts';
import { isShare } from '../../schema/stock/share.ts';
import { addFlag } from './flag-entry.ts';
import { OVERFLOW, type ServerPlace } from './fold-server-entry.ts';
import type { JournalWork } from './journal-work.ts';
import { openServerDevice } from './server-device.ts';
import { writeServerEntry } from './server-journal.ts';
import { isFrozen } from './share-reports.ts';
import { targets } from './targets.ts';

/**
 * What an allotment says waits for its device. Not where that took it over already; nor, once all have reported after a restore, what
 * only others remember of the lost history: its goods may have been given to somebody else.
 */
export async function foldAllotment(
  work: JournalWork,
  id: EntryId,
  { deviceId, productId, quantity }: BodyOf<'allotment'>,
): Promise<void> {
  const { tx, openShares } = work;
  if (await tx.settledBy(targets.allotment(id))) return;
  if (!(await isOfThisHistory(work, id)) && !(await isFrozen(work))) return;
  await openShares.add({ allotment: id, deviceId, productId, quantity });
}

/** Writes off once per target, under the server's own counter. Gives the reason why it cannot count, or null. */
export async function foldWrittenOff(
  { tx, book, openShares }: JournalWork,
  place: ServerPlace,
  entry: Extract<ServerEntry, { kind: 'allotment-written-off' }>,
): Promise<string | null> {
  const { target, productId } = entry.body;
  const settles = productId && targets.writtenOff(target, productId);
  if (settles && (await tx.settledBy(settles))) return null;
  if (!(await book.fold(place.deviceId, place.entrySeq, stockEffects(entry)))) return OVERFLOW;
  if (settles) await tx.settle(settles, place.id);
  const waiting = await openShares.take(target);
  if (waiting) await tx.settle(targets.allotment(target), place.id);
  return null;
}

/**
 * Looks at a device's entry that moved its share, which is counted: a share that nobody gave it is written off in the same transaction,
 * and what goes beyond what it holds is flagged. Neither is refused: the goods may be gone.
 */
export async function judgeShare(
  work: JournalWork,
  id: EntryId,
  entry: Entry,
  effects: readonly StockEffect[],
): Promise<void> {
  const shares = effects.filter(({ productId }) => isShare(productId));
  if (shares.length === 0) return;
  if (entry.kind === 'allotment-received') {
    await work.openShares.note(entry.body.productId);
    const excess = await takeOver(work, id, entry);
    if (excess > 0) await writeOffUngiven(work, id, entry, excess);
    return;
  }
  for (const { productId, out } of shares) {
    if (out > 0 && (await work.book.sumOf(productId)) < 0) return addFlag(work, id, 'beyond-share');
  }
}

type Received = Extract<Entry, { kind: 'allotment-received' }>;

/** Gives how much of what a device took over was never given to it. */
async function takeOver(work: JournalWork, id: EntryId, { deviceId, body }: Received): Promise<number> {
  const { tx, openShares } = work;
  const { allotment, productId, quantity } = body;
  if (await tx.settledBy(targets.allotment(allotment))) return quantity;
  const open = (await openShares.all()).find((share) => share.allotment === allotment);
  const isTheirs = open?.deviceId === deviceId && open.productId === productId;
  if (!isTheirs && (open || !(await mayBeLost(work, allotment)))) return quantity;
  await openShares.take(allotment);
  await tx.settle(targets.allotment(allotment), id);
  return open ? Math.max(0, quantity - open.quantity) : 0;
}

/** After a restore an allotment of the lost history may be known to its device alone; once all have reported, none is. */
async function mayBeLost(work: JournalWork, allotment: EntryId): Promise<boolean> {
  return !(await isOfThisHistory(work, allotment)) && (await isFrozen(work));
}

async function isOfThisHistory({ core, tx, branch }: JournalWork, allotment: EntryId): Promise<boolean> {
  const own = await openServerDevice(core, tx, branch);
  return splitEntryId(allotment).deviceId === own.deviceId;
}

async function writeOffUngiven(work: JournalWork, id: EntryId, entry: Received, excess: number): Promise<void> {
  const { deviceId, body } = entry;
  await addFlag(work, id, 'share-not-given');
  await writeServerEntry(work, 'allotment-written-off', {
    ...{ target: entry.id, deviceId, productId: body.productId, quantity: excess as Quantity },
    reason: 'nobody gave this share',
  });
}
