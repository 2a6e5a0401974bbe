import type { Money } from '../../schema/money.ts';
import { type Product, type ProductFields, productFieldsShape } from '../../schema/product.ts';

/** What is typed into a product's form. */
export interface ProductForm {
  readonly name: string;
  readonly price: string;
  readonly barcodes: string;
  readonly sku: string;
  readonly limited: boolean;
}

export type FormField = Exclude<keyof ProductForm, 'limited'>;
export type ProductPatch = Partial<Pick<ProductFields, 'name' | 'price' | 'barcodes' | 'sku' | 'limited'>>;

/** The fields that differ from the product, or the first field that cannot be read. */
export function productPatch(
  product: Product,
  form: ProductForm,
  parseMoney: (typed: string) => Money | null,
): ProductPatch | { readonly bad: FormField } {
  const name = productFieldsShape.shape.name.safeParse(form.name.trim());
  if (!name.success) return { bad: 'name' };
  const price = productFieldsShape.shape.price.safeParse(parseMoney(form.price));
  if (!price.success) return { bad: 'price' };
  const barcodes = productFieldsShape.shape.barcodes.safeParse(splitBarcodes(form.barcodes));
  if (!barcodes.success) return { bad: 'barcodes' };
  const sku = productFieldsShape.shape.sku.safeParse(form.sku.trim());
  if (!sku.success) return { bad: 'sku' };
  return {
    ...(name.data === product.name ? {} : { name: name.data }),
    ...(price.data === product.price ? {} : { price: price.data }),
    ...(barcodes.data.join(' ') === product.barcodes.join(' ') ? {} : { barcodes: barcodes.data }),
    ...((sku.data ?? '') === (product.sku ?? '') ? {} : { sku: sku.data ?? '' }),
    ...(form.limited === (product.limited ?? false) ? {} : { limited: form.limited }),
  };
}

function splitBarcodes(typed: string): string[] {
  return [...new Set(typed.split(/[\s,;]+/).filter((code) => code !== ''))];
}
