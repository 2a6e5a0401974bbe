import { expect, test } from 'vitest';
import type { BranchId, ProductId } from '../ids.ts';
import { type BranchRow, boughtBy } from './bought.ts';
import { transferKey } from './product-key.ts';

const [A, B, C] = ['a', 'b', 'c'] as BranchId[] as [BranchId, BranchId, BranchId];
const TEA = 'teh' as ProductId;

function bought(branch: BranchId, day: string, quantity: number, unitCost: number): BranchRow {
  return { branch, row: { day, dimension: 'received', key: TEA, measures: { quantity, cost: quantity * unitCost } } };
}

/** Below 0 what a branch sent, above what arrived there. */
function moved(branch: BranchId, other: BranchId, day: string, quantity: number): BranchRow {
  return { branch, row: { day, dimension: 'transferred', key: transferKey(TEA, other), measures: { quantity } } };
}

const paid = (rows: readonly BranchRow[], branch: BranchId) => boughtBy(rows).get(branch)?.get(TEA);

test('[REP19] what came from another branch costs the average that was paid there by that day, whatever was bought later', () => {
  const rows = [
    bought(A, '01', 10, 100),
    bought(A, '02', 10, 200),
    moved(A, B, '02', -4),
    moved(B, A, '02', 4),
    bought(A, '03', 100, 999),
    bought(B, '03', 1, 500),
  ];
  expect(paid(rows, B)).toEqual({ quantity: 5, cost: 4 * 150 + 500 });
  expect(paid(rows.toReversed(), B)).toEqual(paid(rows, B));
  expect(paid(rows, A)).toEqual({ quantity: 120, cost: 1_000 + 2_000 + 99_900 });
});

test('[REP19] costs follow goods from branch to branch and back', () => {
  const rows = [
    bought(A, '01', 10, 100),
    ...[moved(A, B, '02', -6), moved(B, A, '03', 6), moved(B, C, '04', -3), moved(C, B, '04', 3)],
    ...[moved(C, A, '05', -1), moved(A, C, '06', 1)],
  ];
  expect([paid(rows, B), paid(rows, C)]).toEqual([
    { quantity: 6, cost: 600 },
    { quantity: 3, cost: 300 },
  ]);
  expect(paid(rows, A)).toEqual({ quantity: 11, cost: 1_100 });
});

test('[REP19] [I9] nobody learns what goods cost elsewhere by entering what nobody sent, and no cost there is none here', () => {
  const asked = [bought(A, '01', 10, 100), moved(B, A, '02', 5)];
  expect(paid(asked, B)).toBeUndefined();
  expect(paid([...asked, moved(A, B, '03', -2)], B)).toEqual({ quantity: 2, cost: 200 });
  expect(paid([moved(A, B, '01', -5), moved(B, A, '01', 5)], B)).toBeUndefined();
});
