import { expect, test } from 'vitest';
import type { ProductId } from '../../schema/ids.ts';
import { exampleProduct } from '../till/testing/example-product.ts';
import { stockValue } from './stock-value.ts';

const [TEA, RICE] = ['tea', 'rice'] as ProductId[] as [ProductId, ProductId];
const shop = (onHand: Partial<Record<string, number>>) => ({
  catalogue: { all: () => Object.keys(onHand).map((id) => exampleProduct({ id, category: 'A' })) },
  stockBook: { onHand: (id: string) => onHand[id] ?? 0 },
});
const layer = (units: number, unitCost: number | null, fromBranch = false) => ({ units, unitCost, fromBranch });

test('[COST4] what came from another branch is worth what the server says, what was bought here what was paid', () => {
  const layers = new Map([[TEA, [layer(4, null, true), layer(6, 900)]]]);
  expect(stockValue(shop({ tea: 10 }), layers, new Map([[TEA, 700]])).total).toBe(4 * 700 + 6 * 900);
  expect(stockValue(shop({ tea: 10 }), layers).total).toBe(10 * 900);
  expect(stockValue(shop({ tea: 4 }), new Map([[TEA, [layer(4, null, true)]]])).unknown).toEqual([TEA]);
});

test('[COST5] a cost that nobody can have meant takes its product out, and the others stay', () => {
  const absurd = Number.MAX_SAFE_INTEGER;
  const layers = new Map([
    [TEA, [layer(5, absurd)]],
    [RICE, [layer(2, 500)]],
  ]);
  const told = { total: 1_000, unknown: [TEA], categories: [{ category: 'A', value: 1_000, unknown: 1 }] };
  expect(stockValue(shop({ tea: 5, rice: 2 }), layers)).toEqual(told);
  // One alone could be, and not all together.
  expect(stockValue(shop({ rice: 2, tea: 1 }), layers)).toEqual(told);
});
