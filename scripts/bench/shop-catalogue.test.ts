import { expect, test } from 'vitest';
import type { Currency } from '../../schema/money.ts';
import { readCatalogue } from '../../server/seed/read-catalogue.ts';
import { makeCatalogue } from './shop-catalogue.ts';

const currency = { code: 'IDR', digits: 0 } as Currency;

test('a made catalogue has as many good rows as asked for, each with its own barcode and name, always the same', () => {
  const text = makeCatalogue(30_000);
  expect(makeCatalogue(30_000)).toBe(text);
  const read = readCatalogue(text, { currency, taxIds: new Set() });
  if (!read.ok) throw new Error(read.error);
  expect(read.value.bad).toEqual([]);
  expect(read.value.items).toHaveLength(30_000);
  const [first, last] = [read.value.items[0], read.value.items[29_999]];
  expect(first?.stock).toBe(5);
  expect(last?.name).toMatch(/^2\. /);
  expect(last?.barcode).toMatch(/^19\d{11}$/);
});
