import {
  type DeviceEntry,
  type Entry,
  readDeviceEntry,
  type ServerEntry,
  serverEntryShape,
} from '../../schema/entry/entry.ts';
import { stockEffects } from '../../schema/stock/effect.ts';
import type { JournalChange } from '../store/store.ts';
import { foldServerEntry, OVERFLOW } from './fold-server-entry.ts';
import { judgeShare } from './fold-share.ts';
import type { JournalWork } from './journal-work.ts';
import { targets } from './targets.ts';
import { noteTold } from './tell-branches.ts';

const SERVER_KINDS: ReadonlySet<string> = new Set(
  serverEntryShape.options.flatMap(({ shape }) => [...shape.kind.values]),
);

/** Folds one accepted entry in its place. Gives the reason why it cannot count, or null. */
export async function foldEntry(work: JournalWork, entry: JournalChange): Promise<string | null> {
  const read = work.read.get(entry.id) ?? (JSON.parse(entry.json) as Entry);
  // A lost history's release: here its device may have brought the entry again in its place, where it counts.
  if (read.kind === 'release' && (await isCounted(work, read.body.readable))) return null;
  if (SERVER_KINDS.has(read.kind)) return foldServerEntry(work, entry, read as ServerEntry);
  const effects = stockEffects(read);
  const release = targets.release(read.id, read.hash);
  if (effects.length > 0 && !(await count(work, entry, release, effects))) return OVERFLOW;
  if (effects.length > 0) await judgeShare(work, entry.id, read, effects);
  await noteTold(work, entry.id, read as DeviceEntry);
  return null;
}

/** True when an entry, or the copy of it in a fork, was folded in its place. */
async function isCounted({ tx }: JournalWork, readable: unknown): Promise<boolean> {
  const read = readDeviceEntry(readable);
  if (!read.ok) return false;
  const { id, deviceId, seq, hash } = read.value;
  for (const stored of [await tx.entry(id), ...(await tx.forkEntries(deviceId, seq))]) {
    if (stored?.hash !== hash || stored.verdict !== 'accepted') continue;
    if (((await tx.head(stored.deviceId))?.seq ?? 0) >= seq) return true;
  }
  return false;
}

/** Where it counts: nowhere again when a release counted it, in the base when its device is retired, else in the device's counter. */
async function count(
  { tx, book }: JournalWork,
  { deviceId, entrySeq }: JournalChange,
  release: string,
  effects: ReturnType<typeof stockEffects>,
): Promise<boolean> {
  if (await tx.settledBy(release)) {
    await book.cover(deviceId, entrySeq, effects);
    return true;
  }
  const isRetired = (await tx.settledBy(targets.retired(deviceId))) !== undefined;
  return isRetired ? book.foldIntoBase(deviceId, entrySeq, effects) : book.fold(deviceId, entrySeq, effects);
}
