import { expect, test } from 'vitest';
import { readSales } from './read-inputs.ts';
import { basketsOf } from './sales-baskets.ts';

const FIXTURE = new URL('../replay/fixtures/online-retail-sample.csv', import.meta.url).pathname;
const row = (invoice: string, code: string, quantity: number) => ({
  ...{ line: 1, invoice, code, description: code, quantity, price: 100 },
});

test('each invoice is a basket of products by number; pieces of one product add up, and what came back is left out', () => {
  const rows = [row('1', 'A', 2), row('1', 'B', 1), row('1', 'A', 3), row('2', 'B', 4), row('C3', 'A', -1)];
  expect(basketsOf(rows)).toEqual([
    [
      { product: 0, pieces: 5 },
      { product: 1, pieces: 1 },
    ],
    [{ product: 1, pieces: 4 }],
  ]);
});

test('a real sales file is read', () => {
  expect(basketsOf(readSales(FIXTURE, 'online-retail').rows).length).toBeGreaterThan(5);
});
