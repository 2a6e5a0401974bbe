import type { BodyOf } from '../../schema/entry/entry.ts';
import type { ProductId } from '../../schema/ids.ts';
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

/** What a list of arrived goods writes. Null while a line is no number of 1 or more. */
export function receiveBody(lines: readonly MoveLine[], reference: string): BodyOf<'receive'> | null {
  if (lines.length === 0 || lines.some(({ amount }) => amount === null || amount < 1)) return null;
  return {
    reference,
    lines: lines.map(({ product, amount }) => ({ productId: product.id, quantity: amount as Quantity })),
  };
}

/** What counting gives: the difference to the book, for the products where there is one. Null while a line is no number. */
export function adjustBody(
  lines: readonly MoveLine[],
  reason: string,
  onHand: (id: ProductId) => number,
): BodyOf<'adjust'> | null {
  if (lines.some(({ amount }) => amount === null || amount < 0)) return null;
  const deltas = lines.map(({ product, amount }) => ({
    productId: product.id,
    delta: ((amount ?? 0) - onHand(product.id)) as Quantity,
  }));
  return { reason, lines: deltas.filter(({ delta }) => delta !== 0) };
}
