import type { DeviceEntry, Entry } from '../../schema/entry/entry.ts';
import { type DeviceId, type EntryId, type ProductId, splitEntryId, type TillCode } from '../../schema/ids.ts';
import type { BranchEntry } from '../../schema/protocol/pull.ts';
import { stockEffects } from '../../schema/stock/effect.ts';
import { type StockMove, tookBelow } from '../../schema/stock/took-below.ts';
import { receiptOf } from '../store/branch-journal.ts';
import type { Shelves } from '../store/device-disk.ts';
import type { Journal } from '../store/journal.ts';
import type { StockBook } from '../store/stock-book.ts';

/** A product of which more went out than ever came in, as far as known here. */
export interface BelowZero {
  readonly product: ProductId;
  readonly onHand: number;
  /** Entries that took it there, newest first. */
  readonly takers: readonly BelowTaker[];
  /** False when older ones are not held on this device. */
  readonly isWhole: boolean;
}

export interface BelowTaker {
  readonly id: EntryId;
  readonly till: TillCode | undefined;
  readonly kind: string;
  readonly receipt: string | undefined;
  /** When the server took it; an own one: when it was written. */
  readonly at: number;
  readonly units: number;
}

export interface BelowZeroDeps {
  readonly stockBook: Pick<StockBook, 'below' | 'onHand'>;
  readonly shelves: Pick<Shelves, 'branchJournal'>;
  readonly journal: Pick<Journal, 'index' | 'read'>;
  readonly clock: () => number;
  readonly tillOf: (device: DeviceId) => TillCode | undefined;
}

/** Products and takers that are listed: a shop with more has not counted for months, and begins with the first. */
export const BELOW_PRODUCTS_MAX = 200;
export const BELOW_TAKERS_MAX = 50;
const DAY_MS = 24 * 60 * 60 * 1_000;
/** How far back the moves are read, one after the other, until all is explained. */
const WINDOWS_MS = [DAY_MS, 8 * DAY_MS, 64 * DAY_MS, Number.MAX_SAFE_INTEGER];

interface Seen {
  readonly entry: DeviceEntry;
  readonly id: EntryId;
  readonly at: number;
}

/** What is below nothing and who took it there, from stock and journals alone (STK15); the lowest first. */
export async function readBelowZero(deps: BelowZeroDeps): Promise<readonly BelowZero[]> {
  const { stockBook } = deps;
  const below = stockBook.below().toSorted((left, right) => stockBook.onHand(left) - stockBook.onHand(right));
  const products = below.slice(0, BELOW_PRODUCTS_MAX);
  if (products.length === 0) return [];
  for (const window of WINDOWS_MS) {
    const seen = await readSeen(deps, Math.max(0, deps.clock() - window));
    const rows = explainAll(deps, products, seen);
    if (rows.every(({ isWhole }) => isWhole) || window === WINDOWS_MS.at(-1)) return rows;
  }
  return [];
}

/** Everything since a time that counts, newest first. */
async function readSeen({ shelves, journal }: BelowZeroDeps, from: number): Promise<Seen[]> {
  const others = await shelves.branchJournal.find({ where: { receivedAt: { $gte: from } }, sort: ['receivedAt'] });
  const rows = journal.index.after(0).filter(({ at }) => at >= from);
  const own = await journal.read(rows[0]?.seq ?? 1, rows.at(-1)?.seq ?? 0);
  const seen = [...others.flatMap(counted), ...own.map((entry) => ({ entry, id: entry.id, at: entry.at }))];
  return seen.sort((left, right) => right.at - left.at || (left.id < right.id ? 1 : -1));
}

function counted({ id, verdict, receivedAt, entry }: BranchEntry): Seen[] {
  return verdict === 'accepted' && entry ? [{ entry: entry as unknown as DeviceEntry, id, at: receivedAt }] : [];
}

function explainAll(deps: BelowZeroDeps, products: readonly ProductId[], seen: readonly Seen[]): BelowZero[] {
  const moves = new Map<ProductId, StockMove<Seen>[]>(products.map((product) => [product, []]));
  for (const one of seen) {
    for (const { productId, in: units, out } of stockEffects(one.entry as Entry)) {
      moves.get(productId)?.push({ id: one, delta: units - out });
    }
  }
  return products.map((product) => {
    const onHand = deps.stockBook.onHand(product);
    const { takers, isWhole } = tookBelow(onHand, moves.get(product) ?? []);
    const listed = takers.slice(0, BELOW_TAKERS_MAX).map(({ id: { entry, id, at }, units }) => ({
      ...{ id, at, units, kind: entry.kind, receipt: receiptOf(entry) },
      till: deps.tillOf(splitEntryId(id).deviceId),
    }));
    return { product, onHand, takers: listed, isWhole: isWhole && takers.length <= BELOW_TAKERS_MAX };
  });
}
