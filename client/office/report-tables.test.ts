import { readSheet } from 'read-excel-file/universal';
import { expect, test } from 'vitest';
import { csvOf, plainMoney } from './report-csv.ts';
import { figureOf, linesOf, sortLines } from './report-lines.ts';
import { pointsOf, pointUnder, spanOf, timeOf } from './report-period.ts';
import { addsUp, plainRows } from './report-rows.ts';
import { workbookOf } from './report-workbook.ts';
import { shownLines } from './shown-lines.ts';

test('[REP14] periods are the calendar’s, seen from today, and each is drawn by hours, days or months', () => {
  const today = '2026-03-01';
  expect(spanOf('yesterday', today)).toEqual({ from: '2026-02-28', to: '2026-02-28' });
  expect(spanOf('week', today)).toEqual({ from: '2026-02-23', to: '2026-03-01' });
  expect(spanOf('month', today)).toEqual({ from: '2026-03-01', to: '2026-03-01' });
  expect(spanOf('last-month', today)).toEqual({ from: '2026-02-01', to: '2026-02-28' });
  expect(spanOf('year', today)).toEqual({ from: '2026-01-01', to: '2026-03-01' });
  expect([
    timeOf(spanOf('today', today)),
    timeOf(spanOf('week', today)),
    timeOf({ from: '2025-01-01', to: today }),
  ]).toEqual([...['hour', 'day', 'month']]);
  expect(pointsOf({ from: today, to: today }, ['06', '21'])).toHaveLength(16);
  expect(pointsOf(spanOf('week', today), [])).toHaveLength(7);
  expect(pointsOf({ from: '2025-11-20', to: '2026-02-02' }, [])).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
});

test('[REP22] of a week the hours are told, each under itself of the week before, the usual ones also where nothing was sold', () => {
  const week = {
    by: 'hour' as const,
    from: '2026-03-08',
    to: '2026-03-14',
    source: { kind: 'server' as const, counted: 100 },
  };
  const before = { ...week, from: '2026-03-01', to: '2026-03-07', rows: [{ key: '07', total: 5 }] };
  const lines = shownLines({ ...week, rows: [{ key: '09', total: 12 }] }, before, (key) => `${key}:00`);
  expect(lines.map(({ label }) => label)).toEqual(
    Array.from({ length: 14 }, (_, index) => `${String(7 + index).padStart(2, '0')}:00`),
  );
  expect(lines.find(({ label }) => label === '09:00')).toMatchObject({ row: { total: 12 }, before: { key: '09' } });
  expect(lines[0]).toMatchObject({ row: { key: '07' }, before: { total: 5 } });
});

test('[REP14] the period before lies under this one, day by day and month by month', () => {
  const span = { from: '2026-03-08', to: '2026-03-14' };
  expect(pointUnder('2026-03-02', { from: '2026-03-01', to: '2026-03-07' }, span)).toBe('2026-03-09');
  const half = { from: '2026-01-01', to: '2026-06-30' };
  expect(pointUnder('2025-12', { from: '2025-07-04', to: '2025-12-31' }, half)).toBe('2026-06');
});

test('[REP14] lines of one till are one, carry the period before, and sort with what has no figure last', () => {
  const rows = [
    { key: 'a', total: 300, tax: 30, costOfSales: 100 },
    { key: 'b', total: 50, tax: 5 },
    { key: 'c', total: 100, tax: 0, costOfSales: 60 },
  ];
  const lines = linesOf(
    rows,
    [
      { key: 'a', total: 200 },
      { key: 'd', total: 9 },
    ],
    (key) => (key === 'b' ? 'A' : key.toUpperCase()),
  );
  expect(lines.map(({ label, row, before }) => [label, row.total ?? 0, before?.total ?? 0])).toEqual([
    ['A', 350, 200],
    ['C', 100, 0],
    ['D', 0, 9],
  ]);
  const figures = (column: 'margin' | 'change' | 'share') => lines.map((line) => figureOf(line, column, 450));
  expect(figures('margin')).toEqual([null, 40, null]);
  expect(figures('change')).toEqual([0.75, null, -1]);
  expect(figures('share')[0]).toBeCloseTo(0.778, 3);
  const sorted = (by: 'margin' | 'change' | 'label', descending: boolean) =>
    sortLines(lines, { by, descending }, 450).map(({ label }) => label);
  expect(sorted('change', true)).toEqual(['A', 'D', 'C']);
  expect(sorted('margin', false)).toEqual(['C', 'A', 'D']);
  expect(sorted('label', true)).toEqual(['D', 'C', 'A']);
});

test('[REP25] two products of one name are two lines, each with what tells them apart, and one alone needs nothing', () => {
  const rows = ['a', 'b', 'c'].map((key, place) => ({ key, total: 100 * (place + 1) }));
  const label = (key: string) => (key === 'c' ? 'Tea' : 'Milk');
  const lines = linesOf(rows, [{ key: 'a', total: 7 }], label, (key) => `code ${key}`);
  expect(lines.map(({ label: name, row, before }) => [name, row.total, before?.total ?? 0])).toEqual([
    ['Milk (code a)', 100, 7],
    ['Milk (code b)', 200, 0],
    ['Tea', 300, 0],
  ]);
});

test('[REP15] CSV quotes what it must, says money as plain numbers, and holds no formula', () => {
  const text = csvOf(
    ['Product', 'Total'],
    [
      ['Teh "manis", 1 l', plainMoney(1250, 2)],
      ['=HYPERLINK("x")', -3],
      ['', null],
    ],
  );
  expect(text).toBe('\ufeffProduct,Total\r\n"Teh ""manis"", 1 l",12.5\r\n"\'=HYPERLINK(""x"")",-3\r\n,\r\n');
});

test('[REP24] a file says days as spreadsheets read them, and everything else as people do', () => {
  const line = (key: string, label: string) => ({ label, row: { key, total: 1250, sales: 2 }, before: undefined });
  const rows = (by: 'day' | 'till', one: ReturnType<typeof line>) => [
    ...plainRows({ by, columns: ['sales', 'total', 'share'], lines: [one], whole: 3750 }, 2),
  ];
  expect(rows('day', line('2026-11-26', 'Thu, 26 Nov 2026'))).toEqual([['2026-11-26', 2, 12.5, 0.3333]]);
  expect(rows('till', line('abc', 'K1'))).toEqual([['K1', 2, 12.5, 0.3333]]);
});

test('[REP24] paper adds up what is a sum, and nothing that counts in two lines', () => {
  const columns = ['sales', 'total', 'quantity', 'share', 'margin'] as const;
  expect(columns.filter((column) => addsUp(column, 'day'))).toEqual(['sales', 'total']);
  expect(columns.filter((column) => addsUp(column, 'category'))).toEqual(['total']);
});

test('[REP15] a workbook holds the same table, numbers as numbers and text as text', async () => {
  const book = await workbookOf(
    ['Product', 'Total'],
    [
      ['=1+1', 12.5],
      ['Teh', null],
    ],
  );
  const rows = await readSheet(await book.arrayBuffer());
  expect(rows).toEqual([
    ['Product', 'Total'],
    ['=1+1', 12.5],
    ['Teh', null],
  ]);
});
