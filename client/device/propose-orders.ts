import type { ProductId } from '../../schema/ids.ts';
import { QUANTITY_MAX } from '../../schema/limits.ts';
import type { Money } from '../../schema/money.ts';
import type { Product } from '../../schema/product.ts';
import type { Order, OrderWish } from './orders.ts';

/**
 * What should be ordered: each product that is sold and has come down to its reorder level, and stands on no order that is still waited for.
 * So much of it that the stock reaches twice its level, in whole units; without a level nobody said how little is too little.
 */
export function proposeOrders(
  products: readonly Product[],
  onHand: (id: ProductId) => number,
  standing: readonly Pick<Order, 'lines'>[],
  lastCosts: ReadonlyMap<ProductId, Money>,
): readonly OrderWish[] {
  const asked = new Set(standing.flatMap(({ lines }) => lines.map(({ productId }) => productId)));
  return products
    .filter(({ id, active, reorderLevel }) => active && reorderLevel && onHand(id) <= reorderLevel && !asked.has(id))
    .toSorted((left, right) => (left.name < right.name ? -1 : 1))
    .map((product) => ({
      productId: product.id,
      quantity: quantityFor(product, onHand(product.id)),
      unitCost: lastCosts.get(product.id) ?? null,
    }));
}

function quantityFor({ reorderLevel = 0, unitScale }: Product, onHand: number): number {
  const units = Math.ceil((2 * reorderLevel - onHand) / unitScale);
  return Math.min(Math.max(1, units) * unitScale, QUANTITY_MAX);
}
