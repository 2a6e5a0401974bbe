import { expect, test } from 'vitest';
import { PRODUCTS } from './fixtures/make-documents.ts';
import { branchIdShape } from './ids.ts';
import { money } from './money.ts';
import { asSoldIn, type Product, priceIn } from './product.ts';

const UTARA = branchIdShape.parse('utara');
const KOPI = { ...PRODUCTS[0], price: money(18_500), branchPrices: { [UTARA]: money(19_000) } } as Product;

test('[PRD6] a branch sells at its own price, and else at the product’s', () => {
  expect(priceIn(KOPI, UTARA)).toBe(19_000);
  expect(priceIn(KOPI, branchIdShape.parse('selatan'))).toBe(18_500);
  expect(priceIn({ price: money(5) }, UTARA)).toBe(5);
  expect(priceIn({ price: money(5), branchPrices: { [UTARA]: money(0) } }, UTARA)).toBe(0);
});

test('[PRD6] a branch called like what every object has is no price', () => {
  expect(priceIn({ price: money(5), branchPrices: {} }, 'constructor' as never)).toBe(5);
});

test('[PRD6] a product as sold somewhere is the product, at that price', () => {
  expect(asSoldIn(KOPI, UTARA)).toEqual({ ...KOPI, price: 19_000 });
  expect(asSoldIn(KOPI, branchIdShape.parse('selatan'))).toBe(KOPI);
});
