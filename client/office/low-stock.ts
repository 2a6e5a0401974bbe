import type { Product } from '../../schema/product.ts';

/** True when a product should be ordered again: at its own level or below it; without one, when none is left. In smallest units. */
export function isLow({ reorderLevel }: Pick<Product, 'reorderLevel'>, onHand: number): boolean {
  return onHand <= (reorderLevel ?? 0);
}
