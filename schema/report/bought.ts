import type { BranchId } from '../ids.ts';
import { divideRounded } from '../money.ts';
import type { Contribution } from './contributions.ts';
import { addFigures, figureOf } from './measures.ts';
import { readTransferKey } from './product-key.ts';

/** What was paid for goods, by product: units and money. */
export type Bought = ReadonlyMap<string, Paid>;

/** A day's purchases and transfers of one branch: rows of the dimensions `received` and `transferred`. */
export interface BranchRow {
  readonly branch: BranchId;
  readonly row: Contribution;
}

/**
 * What each branch paid for its goods until the last of these days: purchases at what was entered, and what came from another branch at the average that
 * branch had paid for it by that day, its purchases of the day included. That is said of what the other branch sent alone: by entering goods that
 * nobody sent, none learns what they cost elsewhere. Where nobody there entered a cost, goods that were sent have none here either.
 */
export function boughtBy(rows: readonly BranchRow[]): ReadonlyMap<BranchId, Bought> {
  const books = new Map<BranchId, Map<string, Paid>>();
  const add = (branch: BranchId, product: string, more: Paid): void => {
    const book = books.get(branch) ?? new Map<string, Paid>();
    books.set(branch, book);
    const held = book.get(product) ?? { quantity: 0, cost: 0 };
    const [quantity, cost] = [addFigures(held.quantity, more.quantity), addFigures(held.cost, more.cost)];
    book.set(product, { quantity, cost });
  };
  const sent = sentUnits(rows);
  for (const { branch, row } of rows.toSorted(inOrder)) {
    const { quantity = 0, cost = 0 } = row.measures;
    if (row.dimension === 'received') add(branch, row.key, { quantity, cost });
    if (row.dimension !== 'transferred' || quantity <= 0) continue;
    const { product, other } = readTransferKey(row.key);
    const [way, paid] = [`${other} ${branch} ${product}`, books.get(other)?.get(product)];
    const units = Math.min(quantity, sent.get(way) ?? 0);
    sent.set(way, (sent.get(way) ?? 0) - units);
    if (paid && paid.quantity > 0 && units > 0) add(branch, product, { quantity: units, cost: shareOf(paid, units) });
  }
  return books;
}

interface Paid {
  readonly quantity: number;
  readonly cost: number;
}

/** What each branch sent to each other, per product; whenever, because clocks go apart. */
function sentUnits(rows: readonly BranchRow[]): Map<string, number> {
  const sent = new Map<string, number>();
  for (const { branch, row } of rows) {
    const { quantity = 0 } = row.measures;
    if (row.dimension !== 'transferred' || quantity >= 0) continue;
    const { product, other } = readTransferKey(row.key);
    const way = `${branch} ${other} ${product}`;
    sent.set(way, addFigures(sent.get(way) ?? 0, -quantity));
  }
  return sent;
}

/** What so many units cost on the average, rounded half up. */
function shareOf({ quantity, cost }: Paid, units: number): number {
  return figureOf(divideRounded(BigInt(cost) * BigInt(units), BigInt(quantity), 'half-up'));
}

/** By day; a day's purchases before what was sent on, and then by branch and key, so that every machine counts the same. */
function inOrder(left: BranchRow, right: BranchRow): number {
  const name = ({ branch, row }: BranchRow) => `${row.day} ${row.dimension} ${branch} ${row.key}`;
  return name(left) < name(right) ? -1 : 1;
}
