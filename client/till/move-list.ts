import type { BodyOf } from '../../schema/entry/entry.ts';
import type { ProductId } from '../../schema/ids.ts';
import { QUANTITY_MAX } from '../../schema/limits.ts';
import type { Product } from '../../schema/product.ts';
import type { Quantity } from '../../schema/quantity.ts';

/** A product on a list of goods, with the number a person typed for it (in smallest units; null while it is no number). */
export interface MoveLine {
  readonly product: Product;
  readonly amount: number | null;
}

/** Puts a product on the list, or counts one more unit when it is there already: each scan is one unit. */
export function addToList(lines: readonly MoveLine[], product: Product): readonly MoveLine[] {
  const at = lines.findIndex((line) => line.product.id === product.id);
  const known = lines[at];
  if (!known) return [...lines, { product, amount: product.unitScale }];
  return lines.with(at, { ...known, amount: (known.amount ?? 0) + product.unitScale });
}

/** True for a number, in smallest units, of which at least `least` may arrive, go or be there. */
export function isAmount(amount: number | null, least: 0 | 1): amount is number {
  return amount !== null && amount >= least && amount <= QUANTITY_MAX;
}

/** The first line of arrived goods that is no amount of 1 or more. */
export function badArrival(lines: readonly MoveLine[]): MoveLine | undefined {
  return lines.find(({ amount }) => !isAmount(amount, 1));
}

/** The first line of counted goods that is no amount, or is further from the book than an entry can say. */
export function badCount(lines: readonly MoveLine[], onHand: (id: ProductId) => number): MoveLine | undefined {
  return lines.find(
    ({ product, amount }) => !isAmount(amount, 0) || Math.abs(amount - onHand(product.id)) > QUANTITY_MAX,
  );
}

/** What a list of arrived goods writes. Null while a line is no amount of 1 or more. */
export function receiveBody(lines: readonly MoveLine[], reference: string): BodyOf<'receive'> | null {
  if (lines.length === 0 || badArrival(lines)) return null;
  return {
    reference,
    lines: lines.map(({ product, amount }) => ({ productId: product.id, quantity: amount as Quantity })),
  };
}

/** What counting gives: the difference to the book, for the products where there is one. Null while a line is no amount. */
export function adjustBody(
  lines: readonly MoveLine[],
  reason: string,
  onHand: (id: ProductId) => number,
): BodyOf<'adjust'> | null {
  if (badCount(lines, onHand)) return null;
  const deltas = lines.map(({ product, amount }) => ({
    productId: product.id,
    delta: ((amount ?? 0) - onHand(product.id)) as Quantity,
  }));
  return { reason, lines: deltas.filter(({ delta }) => delta !== 0) };
}
