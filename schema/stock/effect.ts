import type { Entry } from '../entry/entry.ts';
import type { ProductId } from '../ids.ts';

/** What one entry does to one product, in smallest units; both are ≥ 0. */
export interface StockEffect {
  readonly productId: ProductId;
  readonly in: number;
  readonly out: number;
}

/** One entry's effects, one per product: lines of the same product are added up. Open items have none. */
export function stockEffects(entry: Entry): StockEffect[] {
  const sums = new Map<ProductId, { in: number; out: number }>();
  for (const { productId, delta } of movedBy(entry)) {
    const sum = sums.get(productId) ?? { in: 0, out: 0 };
    if (delta > 0) sum.in += delta;
    else sum.out -= delta;
    sums.set(productId, sum);
  }
  return [...sums].map(([productId, sum]) => ({ productId, ...sum }));
}

interface Moved {
  readonly productId: ProductId;
  readonly delta: number;
}

function movedBy(entry: Entry): Moved[] {
  switch (entry.kind) {
    case 'sale':
      return soldLines(entry.body.lines, -1);
    case 'refund':
      return soldLines(entry.body.lines, 1);
    case 'receive':
    case 'transfer-in':
      return entry.body.lines.map(({ productId, quantity }) => ({ productId, delta: quantity }));
    case 'waste':
    case 'transfer-out':
      return entry.body.lines.map(({ productId, quantity }) => ({ productId, delta: -quantity }));
    case 'adjust':
      return [...entry.body.lines];
    default:
      return [];
  }
}

function soldLines(lines: readonly { productId?: ProductId | undefined; quantity: number }[], sign: 1 | -1): Moved[] {
  return lines.flatMap(({ productId, quantity }) => (productId ? [{ productId, delta: sign * quantity }] : []));
}
