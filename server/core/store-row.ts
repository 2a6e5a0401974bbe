import { type DeviceEntry, deviceEntryShape, type Entry } from '../../schema/entry/entry.ts';
import { type EntryFlag, entryFlags } from '../../schema/entry/flag.ts';
import { entryId, type ProductId } from '../../schema/ids.ts';
import type { Product } from '../../schema/product.ts';
import type { EntryVerdict } from '../../schema/protocol/push.ts';
import type { Result } from '../../schema/result.ts';
import { goodsMoved } from '../../schema/stock/effect.ts';
import type { StoredDevice } from '../store/store.ts';
import { lacksApproval, noteApprovals } from './check-approvals.ts';
import { noteCorrection } from './correction-flags.ts';
import { noteSoldCart } from './draft-writer.ts';
import type { ExaminedPush } from './examine-push.ts';
import { expectSale } from './expect-sale.ts';
import type { JournalWork } from './journal-work.ts';
import type { PlacedRow } from './judge-row.ts';
import { knownPromotions } from './known-promotions.ts';
import { confirmedKey, moneyContext } from './named-payment.ts';
import { noteReturn } from './refund-flags.ts';
import { rowText } from './row-text.ts';
import { releaseEntry } from './server-journal.ts';
import { targets } from './targets.ts';
import { noteTransfer } from './transfer-flags.ts';

/** A row whose place is decided. */
export interface RoutedRow {
  readonly author: StoredDevice;
  readonly row: PlacedRow;
  readonly read: Result<Entry, string>;
  /** The fork it belongs to; null for its author's own chain. */
  readonly fork: StoredDevice | null;
  /** True behind a closed gap: it keeps its place, and counts through the server's journal. */
  readonly isLate: boolean;
}

/** Stores a row in its place. What cannot be read is quarantined there, whole. */
export async function storeRow(work: JournalWork, push: ExaminedPush, routed: RoutedRow): Promise<EntryVerdict> {
  const { tx, scope, at, toFold } = work;
  const { author, row, read, fork, isLate } = routed;
  const { deviceId } = fork ?? author;
  const { prev, hash } = row.place;
  const id = entryId(deviceId, row.seq);
  const verdict = read.ok ? 'accepted' : 'quarantined';
  const reason = read.ok ? '' : read.error;
  if (read.ok && read.value.kind === 'sale') await expectSale(work, id, read.value);
  await tx.insertEntry({
    ...{ id, deviceId, entrySeq: row.seq, prev, hash, scope, verdict, reason, receivedAt: at },
    ...{ flags: await flagsOf(work, push, routed), signature: push.signatureOf(row), courier: push.courier.deviceId },
    ...headline(read, row.row, at),
    json: row.text ?? rowText(row.row),
  });
  toFold.set(deviceId, fork ?? author);
  if (!read.ok) return { id: row.place.id, hash, verdict, reason };
  work.read.set(id, read.value);
  if (read.value.kind === 'sale') await noteSoldCart(work, read.value.body.cartId, id);
  if (read.value.kind === 'payment-confirmed') await tx.addSoldCart(scope, confirmedKey(read.value.body), id);
  if (isDeviceEntry(read.value)) await noteApprovals(work, id, read.value);
  await noteReturn(work, id, read.value);
  await noteCorrection(work, id, read.value);
  await noteTransfer(work, id, read.value);
  if (isLate && isDeviceEntry(read.value)) await releaseEntry(work, id, read.value, 'late: its gap was closed');
  return { id: row.place.id, hash, verdict };
}

/** Kind and time as claimed, as far as they can be read. */
function headline(read: Result<Entry, string>, row: unknown, receivedAt: number): { kind: string; at: number } {
  if (read.ok) return { kind: read.value.kind, at: read.value.at };
  const { at } = row as { at?: unknown };
  return { kind: 'unreadable', at: Number.isSafeInteger(at) ? (at as number) : receivedAt };
}

const DEVICE_KINDS: ReadonlySet<string> = new Set(
  deviceEntryShape.options.flatMap(({ shape }) => [...shape.kind.values]),
);

function isDeviceEntry(entry: Entry): entry is DeviceEntry {
  return DEVICE_KINDS.has(entry.kind);
}

async function flagsOf(work: JournalWork, push: ExaminedPush, routed: RoutedRow): Promise<EntryFlag[]> {
  const { author, row, read, fork, isLate } = routed;
  const flags = read.ok && isDeviceEntry(read.value) ? await contentFlags(work, read.value, push) : [];
  const isOwn = author.deviceId === push.courier.deviceId;
  if (!push.isVouched(row)) flags.push('unsigned');
  if (!isOwn || row.seq <= (push.request.resent ?? 0)) flags.push('returned');
  if (isLate || (await work.tx.settledBy(targets.retired((fork ?? author).deviceId)))) flags.push('late');
  if (fork) flags.push('forked');
  const { ledger } = work.core;
  if (ledger.isRevoked(author.deviceId) || ledger.isRevoked(push.courier.deviceId)) flags.push('revoked');
  return flags;
}

async function contentFlags(
  work: JournalWork,
  entry: DeviceEntry,
  { sellsFree = false }: Pick<ExaminedPush, 'sellsFree'>,
): Promise<EntryFlag[]> {
  const { tx, scope, at } = work;
  const known = new Map<ProductId, Product>();
  for (const { productId } of goodsMoved(entry)) {
    const product = await work.product(productId);
    if (product) known.set(productId, product);
  }
  const cartSold = entry.kind === 'sale' && (await tx.cartSold(scope, entry.body.cartId));
  const lacks = await lacksApproval(tx, scope, entry);
  return entryFlags(entry, {
    now: at,
    ...(await moneyContext(tx, scope, entry)),
    promotions: await knownPromotions(tx, entry),
    knowsProduct: (productId) => known.has(productId),
    isLimited: (productId) => !sellsFree && (known.get(productId)?.limited ?? false),
    product: (productId) => known.get(productId),
    cartSold,
    lacksApproval: lacks,
  });
}
