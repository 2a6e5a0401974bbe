import { describe, expect, it } from 'vitest';
import type { Money } from '../../schema/money.ts';
import { exampleProduct } from '../till/testing/example-product.ts';
import { parseDecimal } from '../ui/parse-number.ts';
import { productPatch } from './product-patch.ts';

const product = exampleProduct();
const same = { name: 'Mie goreng', price: '3500', barcodes: '8998866200578', sku: '', limited: false };
const parse = (typed: string) => parseDecimal(typed, 0, 'id') as Money | null;

describe('productPatch', () => {
  it('[OFFICE5] nothing changed is an empty patch', () => {
    expect(productPatch(product, { ...same, name: ' Mie goreng ' }, parse)).toEqual({});
  });

  it('[OFFICE5] only what was changed is in it', () => {
    expect(productPatch(product, { ...same, price: '4.000' }, parse)).toEqual({ price: 4_000 });
    expect(productPatch(product, { ...same, barcodes: '8998866200578, 111 111' }, parse)).toEqual({
      barcodes: ['8998866200578', '111'],
    });
    expect(productPatch(product, { ...same, barcodes: '' }, parse)).toEqual({ barcodes: [] });
    expect(productPatch(product, { ...same, sku: ' A-12 ' }, parse)).toEqual({ sku: 'A-12' });
    expect(productPatch(product, { ...same, limited: true }, parse)).toEqual({ limited: true });
  });

  it('[OFFICE5] names the first field that cannot be one', () => {
    expect(productPatch(product, { ...same, name: '  ' }, parse)).toEqual({ bad: 'name' });
    expect(productPatch(product, { ...same, price: '-1' }, parse)).toEqual({ bad: 'price' });
    expect(productPatch(product, { ...same, price: 'cheap' }, parse)).toEqual({ bad: 'price' });
    expect(productPatch(product, { ...same, barcodes: 'x'.repeat(33) }, parse)).toEqual({ bad: 'barcodes' });
    expect(productPatch(product, { ...same, sku: 'x'.repeat(33) }, parse)).toEqual({ bad: 'sku' });
  });
});
