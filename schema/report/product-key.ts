import type { BranchId, ProductId } from '../ids.ts';

/** A product as a report's key: with its unit scale where that is not 1, because grams and pieces do not add up. '' for open items. */
export function productKey(productId: ProductId | undefined, unitScale = 1): string {
  if (productId === undefined) return '';
  return unitScale === 1 ? productId : `${productId}/${unitScale}`;
}

/** What such a key says; no product for open items. */
export function readProductKey(key: string): { readonly productId: ProductId | undefined; readonly unitScale: number } {
  const [id = '', scale = '1'] = key.split('/');
  return { productId: id === '' ? undefined : (id as ProductId), unitScale: Number(scale) };
}

/** A product with the category that it was sold under: what the daily sums of products are kept by. No product's key has a space. */
export function soldKey(product: string, category = ''): string {
  return `${product} ${category}`;
}

/** What such a key says. */
export function readSoldKey(key: string): { readonly product: string; readonly category: string } {
  const end = key.indexOf(' ');
  return { product: key.slice(0, end), category: key.slice(end + 1) };
}

/** Who sold a product where: what the daily sums of sellers are kept by. */
export function sellerKey(till: string, cashier: string, product: string): string {
  return `${till} ${cashier} ${product}`;
}

/** What such a key says. */
export function readSellerKey(key: string): {
  readonly till: string;
  readonly cashier: string;
  readonly product: string;
} {
  const [till = '', cashier = '', product = ''] = key.split(' ');
  return { till, cashier, product };
}

/** What came from, or was sent to, which branch. */
export function transferKey(product: ProductId, other: BranchId): string {
  return `${product} ${other}`;
}

/** What such a key says. */
export function readTransferKey(key: string): { readonly product: ProductId; readonly other: BranchId } {
  const [product = '', other = ''] = key.split(' ');
  return { product: product as ProductId, other: other as BranchId };
}
