import { expect, test } from 'vitest';
import { compareReplicas, type ReplicaReport } from './compare.ts';
import { plannedContent } from './content.ts';
import type { PlannedEntry } from './plan.ts';

const entry = (key: string, quantity = 1): PlannedEntry => ({
  key,
  invoice: key,
  part: 'sale',
  lines: [{ barcode: 'A', name: 'a', quantity, price: 100 }],
  reason: '',
  rows: 1,
});
const plan = [entry('one'), entry('two', 2)];
const stock = new Map([['A', -3]]);
const held = (planned: PlannedEntry, id = `id-${planned.key}`) => ({
  id,
  key: planned.key,
  content: plannedContent(planned),
});
const good: ReplicaReport = {
  replica: 'K1',
  entries: plan.map((planned) => held(planned)),
  onHand: stock,
  violations: [],
};
const compare = (...reports: ReplicaReport[]) => compareReplicas(plan, stock, reports);

test('[I1] replicas that hold the plan and its stock have nothing wrong', () => {
  expect(compare(good, { ...good, replica: 'database' })).toEqual({
    lost: 0,
    doubled: 0,
    stockMismatches: 0,
    violations: [],
  });
});

test('[I1] a sale missing on one replica is lost', () => {
  const found = compare(good, { ...good, replica: 'K2', entries: good.entries.slice(1) });
  expect(found).toMatchObject({ lost: 1, doubled: 0, violations: ['K2: lost the sale of invoice one'] });
});

test('[I1] a sale held under two ids is doubled', () => {
  const found = compare({ ...good, entries: [...good.entries, held(entry('one'), 'id-again')] });
  expect(found).toMatchObject({
    lost: 0,
    doubled: 1,
    violations: ['K1: holds the sale of invoice one 2 times (id-one, id-again)'],
  });
});

test('[I4] a stock that is not the plain sum is a mismatch, and so is a product nobody knows there', () => {
  const wrong = compare({ ...good, onHand: new Map([['A', -4]]) }, { ...good, replica: 'K2', onHand: new Map() });
  expect(wrong.stockMismatches).toBe(2);
  expect(wrong.violations).toEqual(['K1: stock of A is -4, not -3', 'K2: stock of A is unknown, not -3']);
});

test('[I1] a sale that says something else than planned is named', () => {
  const changed = { ...held(entry('one')), content: plannedContent(entry('one', 9)) };
  expect(compare({ ...good, entries: [changed, held(entry('two', 2))] }).violations).toEqual([
    'K1: the sale of invoice one says something else (id-one)',
  ]);
});

test('[I1] an entry that nobody planned is named', () => {
  const strange = { id: 'id-x', key: null, content: '' };
  expect(compare({ ...good, entries: [...good.entries, strange] }).violations).toEqual([
    'K1: holds id-x, which nobody planned',
  ]);
});

test('[I6] what a replica found wrong with itself is passed on', () => {
  expect(compare({ ...good, violations: ['chain breaks at 3'] }).violations).toEqual(['K1: chain breaks at 3']);
});
