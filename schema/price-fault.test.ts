import { expect, test } from 'vitest';
import type { SaleLine } from './entry/sale.ts';
import { PRODUCTS } from './fixtures/make-documents.ts';
import { BRANCH } from './fixtures/make-entries.ts';
import { money } from './money.ts';
import { findPriceFault } from './price-fault.ts';
import type { Product } from './product.ts';

const NOW = { epoch: 1, n: 4 };
const BEFORE = { epoch: 1, n: 3 };
const KOPI = { ...PRODUCTS[0], rev: NOW, price: money(1_000), branchPrices: { [BRANCH]: money(1_200) } } as Product;
const line = (unitPrice: number, more: object = {}) =>
  ({ productId: KOPI.id, rev: NOW, unitPrice: money(unitPrice), ...more }) as unknown as SaleLine;
const fault = (...lines: SaleLine[]) => findPriceFault(lines, BRANCH, (id) => (id === KOPI.id ? KOPI : undefined));

test.each([
  ['the branch’s price is right', line(1_200), null],
  ['the branch’s price is right, whatever was changed since', line(1_200, { rev: BEFORE }), null],
  ['a till that knows no prices of branches sells at the product’s', line(1_000), 'old-price'],
  ['the product was changed since', line(900, { rev: BEFORE }), 'old-price'],
  ['a till that names no revision', line(900, { rev: undefined }), 'old-price'],
  ['a till that knew better', line(900), 'wrong-price'],
  ['a person’s price is looked at by itself', line(700, { listPrice: 1_200 }), null],
  ['a shelf price beside a person’s', line(700, { listPrice: 800 }), 'wrong-price'],
  ['an open item has no shelf', line(5, { productId: undefined }), null],
  ['an unknown product', line(5, { productId: 'other' }), null],
] as const)('[PRD7] %s', (_what, sold, expected) => {
  expect(fault(sold)).toBe(expected);
});

test('[PRD7] of two the graver is told', () => {
  expect(fault(line(1_000), line(900), line(1_000))).toBe('wrong-price');
});
