import { type DeviceEntry, readDeviceEntry, type ServerEntry } from '../../schema/entry/entry.ts';
import type { DeviceId, EntryId } from '../../schema/ids.ts';
import { type StockEffect, stockEffects } from '../../schema/stock/effect.ts';
import type { Told } from '../../schema/stock/transfer-told.ts';
import type { JournalChange } from '../store/store.ts';
import { noteClosedGap } from './closed-gaps.ts';
import { changeDeviceDoc } from './device-record.ts';
import { noteSoldCart } from './draft-writer.ts';
import { foldAllotment, foldWrittenOff, judgeShare } from './fold-share.ts';
import type { JournalWork } from './journal-work.ts';
import { forgottenDevices } from './retired-devices.ts';
import { targets } from './targets.ts';
import { noteTold } from './tell-branches.ts';

/** Where a server entry stands: its journal's device, its seq, and the id it is stored under. */
export interface ServerPlace {
  readonly deviceId: DeviceId;
  readonly entrySeq: number;
  readonly id: EntryId;
}

export const OVERFLOW = 'overflow: the stock counter would not be exact any more';

/**
 * Folds an entry of a server's journal, of this epoch or of one that was handed in again. A second one for its target folds
 * as nothing. Gives the reason why it cannot count, or null.
 */
export async function foldServerEntry(
  work: JournalWork,
  place: ServerPlace,
  entry: ServerEntry,
): Promise<string | null> {
  switch (entry.kind) {
    case 'release':
      return foldRelease(work, place, entry.body);
    case 'gap-closed':
      await jumpGap(work, place, entry.body);
      return null;
    case 'retired':
      await foldRetired(work, place, entry.body.deviceId);
      return null;
    case 'allotment':
      await foldAllotment(work, entry.id, entry.body);
      return null;
    case 'allotment-written-off':
      return foldWrittenOff(work, place, entry);
    case 'transfer-sent':
    case 'transfer-arrived':
    case 'transfer-settled':
      await foldTold(work, place, entry.body);
      return null;
    default:
      return null;
  }
}

/** It moves nothing. What a lost history told is not told again. */
async function foldTold({ tx }: JournalWork, place: ServerPlace, { target, hash }: Told['body']) {
  const settles = targets.told(target, hash);
  if (!(await tx.settledBy(settles))) await tx.settle(settles, place.id);
}

type Body<Kind extends ServerEntry['kind']> = Extract<ServerEntry, { kind: Kind }>['body'];

async function foldRelease(work: JournalWork, place: ServerPlace, body: Body<'release'>): Promise<string | null> {
  const { tx, book } = work;
  const read = readDeviceEntry(body.readable);
  if (!read.ok) return null;
  const target = targets.release(read.value.id, read.value.hash);
  if (await tx.settledBy(target)) return null;
  const effects = stockEffects(read.value);
  if (!(await book.fold(place.deviceId, place.entrySeq, effects))) return OVERFLOW;
  await tx.settle(target, place.id);
  await judgeShare(work, body.target, read.value, effects);
  await noteTold(work, body.target, read.value);
  const stored = await tx.entry(body.target);
  if (stored?.verdict === 'accepted') await coverTarget(work, stored, effects);
  // An entry that was readable when it came, or is still to come, brings its cart itself.
  else if (stored && read.value.kind === 'sale') await noteSoldCart(work, read.value.body.cartId, body.target);
  return null;
}

/** An entry that was released before it came: its author must not count it beside that. */
export async function coverReleased(work: JournalWork, target: EntryId, readable: DeviceEntry): Promise<void> {
  const stored = await work.tx.entry(target);
  if (stored?.verdict === 'accepted') await coverTarget(work, stored, stockEffects(readable));
}

/** Its author holds the entry too, and must not count it beside its release: its counters say that they cover it. */
async function coverTarget(
  { tx, book }: JournalWork,
  { deviceId, entrySeq }: JournalChange,
  effects: readonly StockEffect[],
): Promise<void> {
  const head = await tx.head(deviceId);
  if (!head || head.seq < entrySeq) return;
  await book.cover(deviceId, head.seq, effects);
}

/** The head of the device moves over what will never come when it is folded next: up to what is here, and behind it. */
async function jumpGap(work: JournalWork, place: ServerPlace, { deviceId, from, to }: Body<'gap-closed'>) {
  const { tx, toFold } = work;
  const author = await tx.device(deviceId);
  if (author && author.branch !== work.branch) return;
  if (((await tx.head(deviceId))?.seq ?? 0) >= to) return;
  if (!(await tx.settledBy(targets.gap(deviceId, to)))) await tx.settle(targets.gap(deviceId, to), place.id);
  await noteClosedGap(tx, deviceId, { from, to });
  if (author) toFold.set(deviceId, author);
}

async function foldRetired(work: JournalWork, place: ServerPlace, deviceId: DeviceId): Promise<void> {
  const { tx, book, branch } = work;
  const author = await tx.device(deviceId);
  if (author?.branch !== branch || (await tx.settledBy(targets.retired(deviceId)))) return;
  await tx.settle(targets.retired(deviceId), place.id);
  await book.retire(deviceId, await forgottenDevices(work));
  await changeDeviceDoc(tx, deviceId, { active: false });
}
