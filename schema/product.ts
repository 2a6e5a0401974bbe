import { z } from 'zod';
import { type BranchId, branchIdShape, hashShape, productIdShape, scopeShape } from './ids.ts';
import { QUANTITY_MAX } from './limits.ts';
import { type Money, moneyShape } from './money.ts';
import { unitScaleShape } from './quantity.ts';
import { revisionShape } from './revision.ts';

/** A product's barcode or a shop's own code: no spaces, printable. */
export const barcodeShape = z.string().regex(/^[!-~]{1,32}$/);

/** What people may change about a product, through edits. */
export const productFieldsShape = z.object({
  name: z.string().min(1).max(200),
  /** Money per unit (per `unitScale` smallest units), in the company's currency. */
  price: moneyShape.min(0),
  /** What it costs in branches that sell it at another price. Since version 4; an older till sells at `price`. */
  branchPrices: z.record(branchIdShape, moneyShape.min(0)).optional(),
  barcodes: z.array(barcodeShape).max(20),
  category: z.string().max(60),
  unitScale: unitScaleShape,
  /** Id of a tax in `company`. */
  taxId: z.string().max(16),
  /** The shop's own number for it, for searching; a barcode is what is scanned. */
  sku: z.string().max(32).optional(),
  /** SHA-256 of its picture, which the server serves under that name; '' for none. */
  image: hashShape.or(z.literal('')).optional(),
  /** At this stock or below it is to be ordered again, in smallest units; left out: only when none is left. */
  reorderLevel: z.int().min(0).max(QUANTITY_MAX).optional(),
  /** True: tills sell it out of shares that the server gives them, so that all together never sell more than there is. */
  limited: z.boolean().optional(),
  /** False: no longer sold, still known. Products are never removed. */
  active: z.boolean(),
});
export type ProductFields = z.infer<typeof productFieldsShape>;

/** A product as the server keeps it. Master data: only the server writes it (I8). */
export const productShape = z.object({
  id: productIdShape,
  scope: scopeShape,
  rev: revisionShape,
  ...productFieldsShape.shape,
});
export type Product = z.infer<typeof productShape>;

/** What a unit costs in a branch: its own price there, where it has one. */
export function priceIn({ price, branchPrices }: Pick<Product, 'price' | 'branchPrices'>, branch: BranchId): Money {
  // A branch may be called like what every object has.
  return branchPrices && Object.hasOwn(branchPrices, branch) ? (branchPrices[branch] ?? price) : price;
}

/** A product as a branch sells it: `price` is what it costs there. The same object where that is the price anyway. */
export function asSoldIn(product: Product, branch: BranchId): Product {
  const price = priceIn(product, branch);
  return price === product.price ? product : { ...product, price };
}
