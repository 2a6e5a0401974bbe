import { expect, test } from 'vitest';
import { holdsCardNumber } from '../../schema/card-number.ts';
import { accountForLines } from './accounting.ts';
import { markReason } from './content.ts';
import { dealInvoices } from './deal.ts';
import { plainStockSum } from './plain-sum.ts';
import { planSales } from './plan.ts';
import { readBaskets } from './read-baskets.ts';
import { readOnlineRetail } from './read-online-retail.ts';
import { readText } from './read-text.ts';

const read = (lines: readonly string[]) =>
  readOnlineRetail(`invoice,stock_code,description,quantity,unit_price_gbp\n${lines.join('\n')}\n`);
const parts = (lines: readonly string[]) =>
  planSales(read(lines)).flatMap(({ entries }) =>
    entries.map(({ invoice, part, lines }) => [invoice, part, lines.map(({ quantity }) => quantity)]),
  );

test('a cancellation is a refund of positive quantities', () => {
  expect(parts(['C1,A,x,-2,1', 'C1,B,y,-3,1'])).toEqual([['C1', 'refund', [2, 3]]]);
});

test('an invoice of mixed signs becomes a sale and an adjustment, a cancellation of mixed signs a refund and a sale', () => {
  expect(parts(['1,A,x,2,1', '1,B,damaged,-3,0', '1,C,z,4,0'])).toEqual([
    ['1', 'sale', [2, 4]],
    ['1', 'adjust', [-3]],
  ]);
  expect(parts(['C1,A,x,-2,1', 'C1,B,y,3,1'])).toEqual([
    ['C1', 'refund', [2]],
    ['C1', 'sale', [3]],
  ]);
});

test('a negative price is a correction of its own', () => {
  expect(parts(['A5,B,Adjust bad debt,1,-11062.06', 'A5,B,x,1,5', 'A5,B,again,1,-1'])).toEqual([
    ['A5', 'correction', [1]],
    ['A5', 'correction', [1]],
    ['A5', 'sale', [1]],
  ]);
});

test('an invoice of 1,114 lines is one sale, and what no entry can hold is cut', () => {
  const lines = (count: number) =>
    Array.from({ length: count }, (_, index) => `1,${10_000 + index},HANGING HEART T-LIGHT HOLDER NO ${index},1,2.5`);
  expect(planSales(read(lines(1114)))[0]?.entries).toHaveLength(1);
  expect(planSales(read(lines(3000)))[0]?.entries.length).toBeGreaterThan(1);
});

test('repeats of an item in a basket add up', () => {
  const entry = planSales(readBaskets('tea,milk,tea\n'))[0]?.entries[0];
  expect(entry?.lines.map(({ name, quantity }) => [name, quantity])).toEqual([
    ['tea', 2],
    ['milk', 1],
  ]);
  expect(entry?.rows).toBe(3);
});

test('every line of the sample is accounted for, and every key is used once', () => {
  const file = readOnlineRetail(readText(new URL('fixtures/online-retail-sample.csv', import.meta.url).pathname));
  const plan = planSales(file);
  const { lines, byPart } = accountForLines(file, plan);
  expect(lines).toBe(773);
  expect(Math.min(byPart.sale, byPart.refund, byPart.adjust)).toBeGreaterThan(0);
  const keys = plan.flatMap(({ entries }) => entries.map(({ key }) => key));
  expect(new Set(keys).size).toBe(keys.length);
});

test('no key in a reason passes for a number of a card, which no till would write', () => {
  const plan = planSales(read(Array.from({ length: 10_000 }, (_, index) => `${index},A,lost,-1,0`)));
  const reasons = plan.flatMap(({ entries }) => entries.map(({ key, reason }) => markReason(reason, key)));
  expect(reasons.filter(holdsCardNumber)).toEqual([]);
});

test('a line that is in no entry stops the run', () => {
  const file = read(['1,A,x,2,1', '2,A,x,2,1']);
  expect(() => accountForLines(file, planSales(file).slice(1))).toThrow('2 lines were read, but 1 planned.');
});

test('the plain sum takes off sales and losses, and brings back cancellations', () => {
  const sums = plainStockSum(read(['1,A,x,2,1', '2,A,damaged,-5,0', 'C3,A,x,-1,1', '4,A,debt,1,-9']).rows);
  expect(sums.get('A')).toBe(-2 - 5 + 1);
});

test('one seed deals one way, and no invoice goes missing', () => {
  const plan = planSales(read(Array.from({ length: 40 }, (_, index) => `${index},A,x,1,1`)));
  const dealt = dealInvoices(plan, 3, 9);
  expect(dealInvoices(plan, 3, 9)).toEqual(dealt);
  expect(dealInvoices(plan, 3, 10)).not.toEqual(dealt);
  expect(dealt.flat()).toHaveLength(40);
});
