import type { Edit } from '../../schema/edit.ts';
import { branchIdShape } from '../../schema/ids.ts';
import type { Money } from '../../schema/money.ts';
import { type Product, type ProductFields, productFieldsShape } from '../../schema/product.ts';
import { changedFields } from './changed-fields.ts';

/** What is typed into a product's form. */
export interface ProductForm {
  readonly name: string;
  readonly price: string;
  /** By branch; what is empty has no price of its own. */
  readonly branchPrices: Readonly<Record<string, string>>;
  readonly barcodes: string;
  readonly sku: string;
  readonly category: string;
  readonly unitScale: number;
  readonly taxId: string;
  readonly reorder: string;
  readonly limited: boolean;
  readonly active: boolean;
}

/** Fields that may be typed wrongly; of the prices of branches the branch is named. */
export type FormField = 'name' | 'price' | 'barcodes' | 'sku' | 'category' | 'reorder' | `price:${string}`;

/** How a person's numbers are read and shown; a quantity is in the product's unit, a kilogram with its grams. */
export interface ProductReader {
  parseMoney(typed: string): Money | null;
  parseQuantity(typed: string, unitScale: number): number | null;
  editable(amount: Money): string;
  editableQuantity(amount: number, unitScale: number): string;
}

/** The form of a product, or of one that is to be made. */
export function productForm(product: Product | undefined, taxId: string, reader: ProductReader): ProductForm {
  if (product === undefined) {
    const texts = { name: '', price: '', barcodes: '', sku: '', category: '', reorder: '' };
    return { ...texts, branchPrices: {}, unitScale: 1, taxId, limited: false, active: true };
  }
  const { name, category, unitScale, reorderLevel, active } = product;
  return {
    ...{ name, category, unitScale, active, taxId: product.taxId },
    price: reader.editable(product.price),
    branchPrices: Object.fromEntries(
      Object.entries(product.branchPrices ?? {}).map(([branch, price]) => [branch, reader.editable(price)]),
    ),
    barcodes: product.barcodes.join(' '),
    sku: product.sku ?? '',
    reorder: reorderLevel === undefined ? '' : reader.editableQuantity(reorderLevel, unitScale),
    limited: product.limited ?? false,
  };
}

/** The fields that a form says, or the first that cannot be read. */
export function readProductForm(form: ProductForm, reader: ProductReader): ProductFields | { readonly bad: FormField } {
  const { shape } = productFieldsShape;
  const name = shape.name.safeParse(form.name.trim());
  if (!name.success) return { bad: 'name' };
  const price = shape.price.safeParse(reader.parseMoney(form.price));
  if (!price.success) return { bad: 'price' };
  const branchPrices = readBranchPrices(form.branchPrices, reader);
  if ('bad' in branchPrices) return branchPrices;
  const barcodes = shape.barcodes.safeParse(splitBarcodes(form.barcodes));
  if (!barcodes.success) return { bad: 'barcodes' };
  const sku = shape.sku.safeParse(form.sku.trim());
  if (!sku.success) return { bad: 'sku' };
  const category = shape.category.safeParse(form.category.trim());
  if (!category.success) return { bad: 'category' };
  const level = form.reorder.trim() === '' ? 0 : reader.parseQuantity(form.reorder, form.unitScale);
  const reorder = shape.reorderLevel.safeParse(level);
  if (!reorder.success) return { bad: 'reorder' };
  const { unitScale, taxId, limited, active } = form;
  return {
    ...{
      name: name.data,
      price: price.data,
      barcodes: barcodes.data,
      category: category.data,
      unitScale,
      taxId,
      active,
    },
    ...{ sku: sku.data ?? '', limited, reorderLevel: reorder.data ?? 0, branchPrices: branchPrices.prices },
  };
}

/** The fields that differ from the product; what it lacks and the form leaves empty is no difference. */
export function productPatch(
  product: Product,
  form: ProductForm,
  reader: ProductReader,
): Edit['patch'] | { readonly bad: FormField } {
  const fields = readProductForm(form, reader);
  if ('bad' in fields) return fields;
  return changedFields({ sku: '', limited: false, reorderLevel: 0, branchPrices: {}, ...product }, fields);
}

/** What is made of a form: what stays empty is left out. */
export function newProduct(form: ProductForm, reader: ProductReader): ProductFields | { readonly bad: FormField } {
  const fields = readProductForm(form, reader);
  if ('bad' in fields) return fields;
  const { sku, limited, reorderLevel, branchPrices = {}, ...rest } = fields;
  return {
    ...rest,
    ...(sku ? { sku } : {}),
    ...(limited ? { limited } : {}),
    ...(reorderLevel ? { reorderLevel } : {}),
    ...(Object.keys(branchPrices).length > 0 ? { branchPrices } : {}),
  };
}

type BranchPrices = NonNullable<ProductFields['branchPrices']>;

function readBranchPrices(
  typed: ProductForm['branchPrices'],
  reader: ProductReader,
): { readonly prices: BranchPrices } | { readonly bad: FormField } {
  const prices: BranchPrices = {};
  for (const [branch, text] of Object.entries(typed)) {
    if (text.trim() === '') continue;
    const price = productFieldsShape.shape.price.safeParse(reader.parseMoney(text));
    if (!price.success) return { bad: `price:${branch}` };
    prices[branchIdShape.parse(branch)] = price.data;
  }
  return { prices };
}

function splitBarcodes(typed: string): string[] {
  return [...new Set(typed.split(/[\s,;]+/).filter((code) => code !== ''))];
}
