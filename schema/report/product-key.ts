import type { ProductId } from '../ids.ts';

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
