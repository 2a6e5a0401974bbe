import { expect, test } from 'vitest';
import type { ProductId } from '../../schema/ids.ts';
import { money } from '../../schema/money.ts';
import type { Product } from '../../schema/product.ts';
import { exampleProduct } from '../till/testing/example-product.ts';
import { planBulk } from './bulk-change.ts';
import { changesBack, writeChanges } from './write-changes.ts';

const product = (id: string, price: number, more: Partial<Product> = {}): Product => ({
  ...exampleProduct(),
  ...{ id: id as ProductId, price: money(price), category: 'Tea', ...more },
});
const shelf = [product('a', 1_000), product('b', 2_555), product('c', 300)];
const prices = (wish: Parameters<typeof planBulk>[1]) =>
  planBulk(shelf, wish).changes.map(({ id, patch }) => [id, patch.price]);

test('[OFFICE11] prices change by a percentage or an amount, rounded once, never below nothing', () => {
  expect(prices({ kind: 'percent', basisPoints: 1_000, roundTo: 0 })).toEqual([
    ['a', 1_100],
    ['b', 2_811],
    ['c', 330],
  ]);
  expect(prices({ kind: 'percent', basisPoints: -1_000, roundTo: 100 })).toEqual([
    ['a', 900],
    ['b', 2_300],
  ]);
  expect(planBulk(shelf, { kind: 'amount', amount: -500, roundTo: 0 })).toMatchObject({
    changes: [{ patch: { price: 500 } }, { patch: { price: 2_055 } }],
    beyond: 1,
  });
});

test.each([
  { kind: 'percent', basisPoints: -20_000, roundTo: 0 },
  { kind: 'percent', basisPoints: -20_000, roundTo: 100 },
  { kind: 'percent', basisPoints: Number.MAX_SAFE_INTEGER, roundTo: 0 },
  { kind: 'amount', amount: Number.MAX_SAFE_INTEGER, roundTo: 0 },
  { kind: 'amount', amount: Number.MAX_SAFE_INTEGER - 2_555, roundTo: 1_000 },
  { kind: 'amount', amount: -Number.MAX_SAFE_INTEGER, roundTo: 1_000 },
] as const)('[OFFICE18] what no price can be is left out and counted: %o', (wish) => {
  expect(planBulk([product('b', 255_500)], wish)).toEqual({ changes: [], beyond: 1 });
});

test('[OFFICE11] the prices of one branch change by themselves, from what it costs there', () => {
  const branch = 'utara' as never;
  const own = product('a', 1_000, { branchPrices: { utara: 1_200, selatan: 5 } as never });
  const { changes } = planBulk([own, product('b', 500)], { kind: 'percent', basisPoints: 1_000, roundTo: 0, branch });
  expect(changes.map(({ patch }) => patch)).toEqual([
    { branchPrices: { utara: 1_320, selatan: 5 } },
    { branchPrices: { utara: 550 } },
  ]);
  expect(planBulk([own], { kind: 'price', price: money(1_200), branch }).changes).toEqual([]);
  expect(planBulk([own], { kind: 'amount', amount: -1_201, roundTo: 0, branch })).toEqual({ changes: [], beyond: 1 });
});

test('[OFFICE11] category, tax, price and whether it is sold; what stays as it is, is no change', () => {
  expect(planBulk(shelf, { kind: 'category', category: 'Tea' }).changes).toEqual([]);
  expect(planBulk(shelf, { kind: 'price', price: money(300) }).changes).toHaveLength(2);
  const rice = product('r', 300, { unitScale: 1_000, reorderLevel: 2_000 });
  expect(planBulk([...shelf, rice], { kind: 'reorder', level: 2 }).changes.map(({ patch }) => patch)).toEqual(
    shelf.map(() => ({ reorderLevel: 2 })),
  );
  expect(planBulk([rice], { kind: 'reorder', level: 1_000_001 })).toEqual({ changes: [], beyond: 1 });
  expect(planBulk(shelf, { kind: 'tax', taxId: 'ppn12' }).changes).toHaveLength(3);
  expect(planBulk(shelf, { kind: 'active', active: false }).changes[0]).toEqual({ id: 'a', patch: { active: false } });
});

test('[OFFICE11] taken back, all of it is as it was; what was made is switched off', () => {
  const { changes } = planBulk(shelf, { kind: 'percent', basisPoints: 1_000, roundTo: 0 });
  const find = (id: ProductId) => shelf.find((one) => one.id === id);
  expect(changesBack(changes, find).map(({ patch }) => patch.price)).toEqual([1_000, 2_555, 300]);
  const more = [
    { id: 'a' as ProductId, patch: { sku: 'A', reorderLevel: 4 } },
    { id: 'n' as ProductId, patch: {}, make: true },
  ];
  expect(changesBack(more, find).map(({ patch }) => patch)).toEqual([{ sku: '', reorderLevel: 0 }, { active: false }]);
});

test('[OFFICE12] changes are written in batches; what stops on the way says how far it came', async () => {
  const changes = Array.from({ length: 1_200 }, (_, row) => ({ id: `p${row}` as ProductId, patch: { price: row } }));
  const batches: number[] = [];
  const done: number[] = [];
  const editProducts = async (batch: readonly unknown[]) => {
    batches.push(batch.length);
    return { ok: true as const, value: [] };
  };
  expect(await writeChanges({ editProducts }, changes, (count) => done.push(count))).toEqual({
    done: 1_200,
    fault: null,
  });
  expect([batches, done]).toEqual([
    [500, 500, 200],
    [500, 1_000, 1_200],
  ]);
  const stopped = await writeChanges(
    { editProducts },
    changes,
    () => undefined,
    () => batches.length > 3,
  );
  expect(stopped).toEqual({ done: 500, fault: 'stopped' });
  const full = { editProducts: async () => ({ ok: false as const, error: 'not-written' as const }) };
  expect(await writeChanges(full, changes, () => undefined)).toEqual({ done: 0, fault: 'not-written' });
});
