import type { Product } from '../../schema/product.ts';

/** The first barcode that another product which is sold has already, and which; undefined where none has. `own` is the product that gets them. */
export function takenBarcode(
  barcodes: readonly string[],
  own: Product['id'] | undefined,
  byBarcode: (code: string) => Product | undefined,
): { readonly code: string; readonly product: Product } | undefined {
  for (const code of barcodes) {
    const product = byBarcode(code);
    if (product?.active && product.id !== own) return { code, product };
  }
  return undefined;
}
