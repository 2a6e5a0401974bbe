import type { BodyOf, DeviceEntry } from '../../schema/entry/entry.ts';
import type { EntryFlag } from '../../schema/entry/flag.ts';
import type { DeviceId, EntryId } from '../../schema/ids.ts';
import { Z_CHECKED_ENTRIES_MAX } from '../../schema/limits.ts';
import { type Money, ZERO } from '../../schema/money.ts';
import { followsFrom } from '../../schema/shift-report.ts';
import type { JournalChange, StoredDevice } from '../store/store.ts';
import type { JournalWork } from './journal-work.ts';
import { lackingOf } from './lacking.ts';

type Close = Extract<DeviceEntry, { kind: 'shift-close' }>;

/** Under which a device's Z reports are noted beside the sold carts. No cart's id has a colon. */
function zKey(deviceId: DeviceId, zNo: number): string {
  return `z:${deviceId}:${zNo}`;
}

/**
 * Looks at a Z report in its place, with everything before it folded: does its number follow, and do its figures? What the entries do not
 * say, because some are missing here or there are too many, is not held against it.
 */
export async function flagClose(work: JournalWork, author: StoredDevice, entry: JournalChange): Promise<void> {
  if (entry.kind !== 'shift-close' || entry.verdict !== 'accepted') return;
  const { tx, scope } = work;
  const { body } = JSON.parse(entry.json) as Close;
  const flags: EntryFlag[] = [...entry.flags];
  const before = await closeBefore(work, author, body.zNo);
  const isDouble = await tx.cartSold(scope, zKey(entry.deviceId, body.zNo));
  if (isDouble || (body.zNo > 1 && before === undefined && !(await isHoley(work, entry)))) flags.push('z-number');
  if (!isDouble && !(await saysWhatFollows(work, entry, body, before))) flags.push('z-figures');
  await tx.addSoldCart(scope, zKey(entry.deviceId, body.zNo), entry.id);
  if (flags.length > entry.flags.length) await tx.reflagEntry(entry.id, flags);
}

/** Entries before it were given up: the Z report before it may be among them, and may come still. */
async function isHoley({ tx }: JournalWork, { deviceId, entrySeq }: JournalChange): Promise<boolean> {
  return (await lackingOf(tx, deviceId)).some(({ from }) => from < entrySeq);
}

/** The Z report with the number before this one; of a fork, perhaps in the journal it came from. */
async function closeBefore({ tx, scope }: JournalWork, { deviceId, forkOf }: StoredDevice, zNo: number) {
  const own = await tx.cartEntries(scope, zKey(deviceId, zNo - 1), 1);
  const parents = forkOf ? await tx.cartEntries(scope, zKey(forkOf, zNo - 1), 1) : [];
  const id: EntryId | undefined = own[0] ?? parents[0];
  return id && tx.entry(id);
}

async function saysWhatFollows(
  { tx }: JournalWork,
  { deviceId, entrySeq }: JournalChange,
  body: BodyOf<'shift-close'>,
  before: JournalChange | undefined,
): Promise<boolean> {
  if (body.covers === undefined) return true;
  const from = (before?.deviceId === deviceId ? before.entrySeq : 0) + 1;
  const rows = await tx.entriesFrom(deviceId, from, Math.min(entrySeq - from, Z_CHECKED_ENTRIES_MAX));
  if (rows.length !== entrySeq - from || rows.some(({ verdict }) => verdict !== 'accepted')) return true;
  const entries = rows.map(({ json }) => JSON.parse(json) as DeviceEntry);
  if (body.covers.from === from && body.covers.to === entrySeq - 1)
    return followsFrom(body, entries, perpetualBefore(before, body.zNo));
  // A device that purged covers what it still had; any other leaves nothing out.
  return entries.some(({ kind }) => kind === 'snapshot');
}

function perpetualBefore(before: JournalChange | undefined, zNo: number): Money | null {
  if (before) return (JSON.parse(before.json) as Close).body.perpetualTotal;
  return zNo === 1 ? ZERO : null;
}
