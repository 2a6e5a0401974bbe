import { expect, test } from 'vitest';
import { GOALS } from './goals.ts';
import { goalsTable } from './goals-table.ts';
import { compareSeries } from './statistics.ts';

const machine = { cores: 2, memoryGb: 24, node: 'v24.1.0', arch: 'x64' };
const report = {
  ...compareSeries('full-sync', [700], { raw: [1_000], pouchdb: [20_000] }),
  ...{ measuredAt: '2026-01-02T03:04:05Z', machine },
};
const rows = goalsTable({ 'full-sync': report })
  .split('\n')
  .slice(2)
  .map((row) => row.split('|').map((cell) => cell.trim()));

test('each goal is a row with what was measured, whether it is met, when and on what', () => {
  expect(rows).toHaveLength(GOALS.length);
  expect(rows[0]?.slice(2, 7)).toEqual(['≤ 0.35 ×', '0.7 ×', 'no', '`full-sync`', '2026-01-02, 2 cores, Node 24.1.0']);
  expect(rows.find((row) => row[1]?.includes('PouchDB'))?.slice(3, 5)).toEqual(['0.035 ×', 'yes']);
});

test('what takes less than a microsecond is not shown as nothing', () => {
  const table = goalsTable({ till: { ...report, name: 'till', ...{ barcodeMean: 0.00019 } } });
  expect(table).toContain('| ≤ 0.1 ms | 0.00019 ms | yes |');
});

test('goods that are not those of the goals are named', () => {
  const asked = { products: 30_000, salesFile: 'in/here.csv', entries: 500 };
  const table = goalsTable({
    propagation: { ...report, name: 'propagation', asked },
    till: { ...report, name: 'till', asked: { ...asked, catalogue: 'a/mine.csv' }, documents: 77 },
  });
  expect(table).toContain('Node 24.1.0, 30000 products, sales of here.csv |');
  expect(table).toContain('Node 24.1.0, 77 products, products of mine.csv, sales of here.csv, 500 entries |');
});

test('what was not measured says so, also inside a report', () => {
  expect(rows.find((row) => row[1]?.includes('rxdb-server'))?.slice(3, 5)).toEqual(['–', '–']);
  expect(rows.at(-1)?.slice(3, 7)).toEqual(['–', '–', '`bundle`', '–']);
});
