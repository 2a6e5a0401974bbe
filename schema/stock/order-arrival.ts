import type { ProductId } from '../ids.ts';

/** So much of a product, in smallest units. */
export interface OrderedGoods {
  readonly productId: ProductId;
  readonly quantity: number;
}

/** What became of one product of an order, in smallest units. */
export interface OrderArrival {
  readonly productId: ProductId;
  readonly ordered: number;
  readonly received: number;
  /** Ordered and not here yet. */
  readonly missing: number;
  /** Came and was not ordered. */
  readonly over: number;
}

/**
 * What arrived of an order: the sum of all deliveries, whoever took them in and in whatever order they are heard of. One row per product, as
 * ordered, then what was never ordered.
 */
export function orderArrivals(
  ordered: readonly OrderedGoods[],
  delivered: readonly OrderedGoods[],
): readonly OrderArrival[] {
  const [wanted, received] = [sumsOf(ordered), sumsOf(delivered)];
  return [...new Set([...wanted.keys(), ...received.keys()])].map((productId) => {
    const [want, have] = [wanted.get(productId) ?? 0, received.get(productId) ?? 0];
    const [missing, over] = [Math.max(0, want - have), Math.max(0, have - want)];
    return { productId, ordered: want, received: have, missing, over };
  });
}

/** True when all that was ordered is here. An order of nothing waits for its first line. */
export function isAllHere(arrivals: readonly OrderArrival[]): boolean {
  return arrivals.some(({ ordered }) => ordered > 0) && arrivals.every(({ missing }) => missing === 0);
}

function sumsOf(goods: readonly OrderedGoods[]): Map<ProductId, number> {
  const sums = new Map<ProductId, number>();
  for (const { productId, quantity } of goods) sums.set(productId, (sums.get(productId) ?? 0) + quantity);
  return sums;
}
