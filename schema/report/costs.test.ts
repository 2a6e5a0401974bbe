import fc from 'fast-check';
import { expect, test } from 'vitest';
import { COST_RULES, type CostRule, costOf, createSoldBook } from './costs.ts';
import { sellerKey, soldKey } from './product-key.ts';

const RECEIVED = new Map([
  ['kopi', { quantity: 3, cost: 1_000 }],
  ['gula', { quantity: 2_000, cost: 30_000 }],
]);
const rule = (by: keyof typeof COST_RULES) => COST_RULES[by] as CostRule;
const row = (day: string, key: string, quantity: number, total: number, tax = 0) => ({
  ...{ day, key, dimension: 'product' as const, measures: { quantity, total, tax } },
});

test('[REP16] a line costs what its products cost, and what has no known cost is told beside it', () => {
  const book = createSoldBook(rule('category'));
  book.add(row('2026-01-01', soldKey('kopi', 'Minuman panas'), 4, 2_200, 200));
  book.add(row('2026-01-02', soldKey('kopi', 'Minuman panas'), -1, -550, -50));
  book.add(row('2026-01-02', soldKey('gula/1000', 'Minuman panas'), 500, 9_000));
  book.add(row('2026-01-02', soldKey('teh', 'Minuman panas'), 1, 110, 10));
  book.add(row('2026-01-02', soldKey('', ''), 1, 70));
  const rows = book.withCosts([{ key: 'Minuman panas', total: 1 }, { key: '' }, { key: 'unsold' }], RECEIVED);
  expect(rows).toEqual([
    { key: 'Minuman panas', total: 1, costOfSales: 1_000 + 8, uncosted: 100 },
    { key: '', uncosted: 70 },
    { key: 'unsold' },
  ]);
});

test('[REP16] by day, month, branch, till and cashier the same sales are in the lines that they are of', () => {
  const at = (by: keyof typeof COST_RULES, key: string) => rule(by).of({ day: '2026-03-04', key }).group;
  const [sold, seller] = [soldKey('kopi', 'Kopi dan teh'), sellerKey('device1', 'sari', 'kopi')];
  expect(['day', 'month', 'branch', 'category', 'product'].map((by) => at(by as 'day', sold))).toEqual([
    ...['2026-03-04', '2026-03', '', 'Kopi dan teh', 'kopi'],
  ]);
  expect([at('till', seller), at('cashier', seller)]).toEqual(['device1', 'sari']);
  expect(rule('till').of({ day: '', key: sellerKey('d', 'p', '') }).product).toBe('');
});

test('[REP16] a line’s cost is the sum of what each of its products costs, in whatever order they were sold', () => {
  const sale = fc.record({
    product: fc.constantFrom('kopi', 'gula/1000', 'teh'),
    quantity: fc.integer({ min: -50, max: 50 }),
  });
  fc.assert(
    fc.property(fc.array(sale), (sales) => {
      const costs = (list: typeof sales) => {
        const book = createSoldBook(rule('branch'));
        for (const { product, quantity } of list) book.add(row('2026-01-01', soldKey(product), quantity, 0));
        return book.withCosts([{ key: '' }], RECEIVED)[0]?.costOfSales;
      };
      const whole = new Map<string, number>();
      for (const { product, quantity } of sales) whole.set(product, (whole.get(product) ?? 0) + quantity);
      const known = [...whole].flatMap(([product, quantity]) => costOf(product, quantity, RECEIVED) ?? []);
      const sum = known.length === 0 ? undefined : known.reduce((one, other) => one + other, 0);
      expect([costs(sales), costs(sales.toReversed())]).toEqual([sum, sum]);
    }),
  );
});
