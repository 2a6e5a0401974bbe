import type { SaleLine } from './entry/sale.ts';
import type { BranchId, ProductId } from './ids.ts';
import { type Product, priceIn } from './product.ts';
import { sameRevision } from './revision.ts';

/** What is the matter with the shelf prices of a sale. */
export type PriceFault =
  /** The till did not know better: the product was changed since, or its version knows no prices of branches. */
  | 'old-price'
  /** It names the product as it is now, and says another price. */
  | 'wrong-price';

/**
 * Compares what the lines of a sale say stood on the shelf with what the products cost in that branch now. What a person set in their place
 * is no matter here: that needs leave, and is looked at by itself. Null where all is right; the graver of two.
 */
export function findPriceFault(
  lines: readonly SaleLine[],
  branch: BranchId,
  productOf: (id: ProductId) => Product | undefined,
): PriceFault | null {
  let found: PriceFault | null = null;
  for (const line of lines) {
    const product = line.productId && productOf(line.productId);
    const shelf = line.listPrice ?? line.unitPrice;
    if (!product || shelf === priceIn(product, branch)) continue;
    // A till from before there were prices of branches sells at the product's own.
    const knewBetter = sameRevision(line.rev ?? null, product.rev) && shelf !== product.price;
    if (knewBetter) return 'wrong-price';
    found = 'old-price';
  }
  return found;
}
