import type { Product } from '../../schema/product.ts';

/** How a product that should be ordered again stands; null for any other. */
export function lowMark(product: Pick<Product, 'reorderLevel'>, onHand: number): 'low' | 'none' | 'below' | null {
  if (!isLow(product, onHand)) return null;
  if (onHand === 0) return 'none';
  return onHand < 0 ? 'below' : 'low';
}

/** True when a product should be ordered again: at its own level or below it; without one, when none is left. In smallest units. */
export function isLow({ reorderLevel }: Pick<Product, 'reorderLevel'>, onHand: number): boolean {
  return onHand <= (reorderLevel ?? 0);
}
