import { EMPTY_HEAD } from '../../schema/chain.ts';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import { type EntryFlag, entryFlags } from '../../schema/entry/flag.ts';
import { branchScope, type EntryId, type ProductId, type Scope } from '../../schema/ids.ts';
import type { EntryVerdict, JournalPushAnswer } from '../../schema/protocol/push.ts';
import type { Result } from '../../schema/result.ts';
import { stockEffects } from '../../schema/stock/effect.ts';
import type { JournalChange, SetAside, StoredDevice, WriteTx } from '../store/store.ts';
import { advanceHead } from './advance-head.ts';
import type { Core } from './core.ts';
import { claimOf, type PlacedRow, placeRow, readPlacedRow } from './judge-row.ts';
import { rowText } from './row-text.ts';
import { createStockBook } from './stock-book.ts';

/** Refused rows kept aside per courier. More are refused all the same, and stay on the device that offers them. */
export const REFUSED_KEPT_MAX = 1_000;

/**
 * Takes pushed entries: a verdict per row, in the order of the rows, all in one transaction with the stock they move. Nothing
 * that is wrong with one row holds back another, and sending the same rows again changes nothing (I1).
 */
export function pushJournal(core: Core, device: StoredDevice, rows: readonly unknown[]): Promise<JournalPushAnswer> {
  const scope = branchScope(device.branch);
  return core.store.write([scope], async (tx) => {
    const verdicts: EntryVerdict[] = [];
    for (const row of rows) verdicts.push(await takeRow({ core, tx, device, scope }, row));
    const head = await fold(core, tx, device, verdicts);
    return { epoch: core.epoch, head, verdicts };
  });
}

interface Taking {
  readonly core: Core;
  readonly tx: WriteTx;
  readonly device: StoredDevice;
  readonly scope: Scope;
}

async function takeRow(taking: Taking, row: unknown): Promise<EntryVerdict> {
  const placed = placeRow(row, taking.device);
  if (!placed.ok) return refuse(taking, row, placed.error);
  const { id, hash } = placed.value.place;
  const known = await taking.tx.entry(id);
  if (!known) return store(taking, placed.value);
  if (known.hash === hash) return repeat(known);
  await taking.tx.setAside(asideOf(taking, row, 'forked', `forked: ${known.hash} stands there already`));
  return { id, hash, verdict: 'forked', reason: 'forked: another entry stands at this place' };
}

/** The same answer again: an entry that was quarantined must not look counted because an answer was lost. */
function repeat({ id, hash, verdict, reason }: JournalChange): EntryVerdict {
  return verdict === 'quarantined' ? { id, hash, verdict, reason } : { id, hash, verdict: 'duplicate' };
}

async function refuse(taking: Taking, row: unknown, reason: string): Promise<EntryVerdict> {
  if ((await taking.tx.setAsideCount(taking.device.deviceId)) < REFUSED_KEPT_MAX) {
    await taking.tx.setAside(asideOf(taking, row, 'refused', reason));
  }
  return { ...claimOf(row), verdict: 'refused', reason };
}

function asideOf({ core, device }: Taking, row: unknown, verdict: SetAside['verdict'], reason: string): SetAside {
  const [courier, receivedAt] = [device.deviceId, core.deps.now()];
  return { courier, entryId: claimOf(row).id, verdict, reason, json: rowText(row), receivedAt };
}

async function store(taking: Taking, placed: PlacedRow): Promise<EntryVerdict> {
  const { core, tx, device, scope } = taking;
  const read = readPlacedRow(placed, device);
  const [receivedAt, verdict] = [core.deps.now(), read.ok ? 'accepted' : 'quarantined'] as const;
  const flags = read.ok ? await flagsOf(tx, scope, read.value, receivedAt) : [];
  const { id, prev, hash } = placed.place;
  await tx.insertEntry({
    ...{ id, prev, hash, scope, verdict, flags, receivedAt },
    ...{ deviceId: device.deviceId, entrySeq: placed.seq, courier: device.deviceId },
    ...headline(read, placed.row, receivedAt),
    json: rowText(placed.row),
    reason: read.ok ? '' : read.error,
  });
  if (!read.ok) return { id, hash, verdict, reason: read.error };
  if (read.value.kind === 'sale') await tx.addSoldCart(scope, read.value.body.cartId, id);
  return { id, hash, verdict };
}

/** Kind and time as claimed, as far as they can be read. */
function headline(read: Result<DeviceEntry, string>, row: unknown, receivedAt: number): { kind: string; at: number } {
  if (read.ok) return { kind: read.value.kind, at: read.value.at };
  const { at } = row as { at?: unknown };
  return { kind: 'unreadable', at: Number.isSafeInteger(at) ? (at as number) : receivedAt };
}

async function flagsOf(tx: WriteTx, scope: Scope, entry: DeviceEntry, now: number): Promise<EntryFlag[]> {
  const known = new Set<ProductId>();
  for (const { productId } of stockEffects(entry)) {
    if (await tx.document('products', productId)) known.add(productId);
  }
  const cartSold = entry.kind === 'sale' && (await tx.cartSold(scope, entry.body.cartId));
  return entryFlags(entry, { now, knowsProduct: (productId) => known.has(productId), cartSold });
}

/** Folds what follows the head now; verdicts of this push turn where an entry does not follow the one before it. */
async function fold(core: Core, tx: WriteTx, device: StoredDevice, verdicts: EntryVerdict[]) {
  const { deviceId, branch } = device;
  const before = (await tx.head(deviceId)) ?? EMPTY_HEAD;
  const book = createStockBook(tx, { branch, deviceId, epoch: core.epoch.n });
  const quarantined = (id: EntryId, reason: string): void => {
    const at = verdicts.findIndex((verdict) => verdict.id === id && verdict.verdict === 'accepted');
    const verdict = verdicts[at];
    if (verdict) verdicts[at] = { ...verdict, verdict: 'quarantined', reason };
  };
  const head = await advanceHead(tx, book, deviceId, before, quarantined);
  await book.flush();
  if (head.seq !== before.seq) await tx.setHead(deviceId, head);
  return head;
}
