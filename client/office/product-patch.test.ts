import { describe, expect, it } from 'vitest';
import type { Money } from '../../schema/money.ts';
import { exampleProduct } from '../till/testing/example-product.ts';
import { parseDecimal } from '../ui/parse-number.ts';
import { newProduct, productForm, productPatch } from './product-patch.ts';

const product = exampleProduct();
const reader = {
  parseMoney: (typed: string) => parseDecimal(typed, 0, 'id') as Money | null,
  parseQuantity: (typed: string, unitScale: number) => parseDecimal(typed, unitScale === 1 ? 0 : 3, 'id'),
  editable: String,
  editableQuantity: String,
};
const same = productForm(product, '', reader);
const patchOf = (part: object) => productPatch(product, { ...same, ...part }, reader);

describe('productPatch', () => {
  it('[OFFICE5] nothing changed is an empty patch', () => {
    expect(patchOf({ name: ` ${product.name} ` })).toEqual({});
  });

  it('[OFFICE5] only what was changed is in it', () => {
    expect(patchOf({ price: '4.000' })).toEqual({ price: 4_000 });
    expect(patchOf({ barcodes: '8998866200578, 111 111' })).toEqual({ barcodes: ['8998866200578', '111'] });
    expect(patchOf({ barcodes: '' })).toEqual({ barcodes: [] });
    expect(patchOf({ sku: ' A-12 ' })).toEqual({ sku: 'A-12' });
    expect(patchOf({ limited: true })).toEqual({ limited: true });
  });

  it('[OFFICE10] category, unit, tax, reorder level and whether it is sold are edited too', () => {
    expect(patchOf({ category: ' Bumbu ', unitScale: 1000, taxId: 'ppn12', reorder: '1,5', active: false })).toEqual({
      ...{ category: 'Bumbu', unitScale: 1_000, taxId: 'ppn12', reorderLevel: 1_500, active: false },
    });
    const low = { ...product, reorderLevel: 5 };
    expect(productPatch(low, { ...productForm(low, '', reader), reorder: '' }, reader)).toEqual({ reorderLevel: 0 });
  });

  it('[OFFICE10] a price of a branch is set, changed and taken away by its row', () => {
    const priced = { ...product, branchPrices: { utara: 900 as Money, selatan: 5 as Money } as never };
    const form = productForm(priced, '', reader);
    expect(productPatch(priced, form, reader)).toEqual({});
    const change = (branchPrices: object) =>
      productPatch(priced, { ...form, branchPrices: { ...form.branchPrices, ...branchPrices } }, reader);
    expect(change({ utara: '1.000' })).toEqual({ branchPrices: { utara: 1_000, selatan: 5 } });
    expect(change({ utara: ' ' })).toEqual({ branchPrices: { selatan: 5 } });
    expect(change({ utara: 'mahal' })).toEqual({ bad: 'price:utara' });
    expect(patchOf({ branchPrices: { utara: '' } })).toEqual({});
  });

  it('[OFFICE5] names the first field that cannot be one', () => {
    expect(patchOf({ name: '  ' })).toEqual({ bad: 'name' });
    expect(patchOf({ price: '-1' })).toEqual({ bad: 'price' });
    expect(patchOf({ price: 'cheap' })).toEqual({ bad: 'price' });
    expect(patchOf({ barcodes: 'x'.repeat(33) })).toEqual({ bad: 'barcodes' });
    expect(patchOf({ sku: 'x'.repeat(33) })).toEqual({ bad: 'sku' });
    expect(patchOf({ category: 'x'.repeat(61) })).toEqual({ bad: 'category' });
    expect(patchOf({ reorder: '1,5' })).toEqual({ bad: 'reorder' });
  });

  it('[OFFICE10] a new product holds what was said of it, and nothing empty', () => {
    const form = { ...productForm(undefined, 'ppn11', reader), name: 'Gula', price: '500' };
    expect(newProduct(form, reader)).toEqual({
      ...{ name: 'Gula', price: 500, barcodes: [], category: '', unitScale: 1, taxId: 'ppn11', active: true },
    });
    expect(newProduct({ ...form, price: '' }, reader)).toEqual({ bad: 'price' });
  });
});
