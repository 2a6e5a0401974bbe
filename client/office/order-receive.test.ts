import { expect, test } from 'vitest';
import type { ProductId } from '../../schema/ids.ts';
import { money } from '../../schema/money.ts';
import { orderArrivals } from '../../schema/stock/order-arrival.ts';
import { arrivedRows, rowWish } from './order-receive.ts';

const goods = (name: string, quantity: number, unitCost: number | null = null) => ({
  ...{ productId: name as ProductId, quantity },
  unitCost: unitCost === null ? null : money(unitCost),
});
const order = { lines: [goods('tea', 12, 900), goods('milk', 6)] } as never;
const rowsAfter = (...delivered: ReturnType<typeof goods>[]) =>
  arrivedRows(
    order,
    { arrivals: orderArrivals([goods('tea', 12), goods('milk', 6)], delivered) },
    (_, amount) => String(amount),
    String,
  );
const row = (quantity: string, cost = '') => ({ productId: 'tea' as ProductId, quantity, cost });
const numberOf = (text: string) => (/^-?\d+$/.test(text) ? Number(text) : null);
const reader = {
  quantity: (one: { quantity: string }) => numberOf(one.quantity),
  cost: (one: { cost: string }) => numberOf(one.cost),
} as never;

test('[ORD6] a delivery begins with what is missing of each product, at the cost that was expected', () => {
  expect(rowsAfter()).toEqual([row('12', '900'), { productId: 'milk', quantity: '6', cost: '' }]);
  expect(rowsAfter(goods('milk', 6), goods('tea', 2))).toEqual([row('10', '900')]);
  // All is here, and yet somebody says that more came.
  expect(rowsAfter(goods('milk', 6), goods('tea', 12)).map(({ quantity }) => quantity)).toEqual(['0', '0']);
});

test('[ORD6] [MOV6] what is typed for a delivery is a number of 0 or more, and a cost or none', () => {
  expect(rowWish(row('5', '800'), reader)).toEqual(goods('tea', 5, 800));
  expect(rowWish(row(' '), reader)).toEqual(goods('tea', 0));
  for (const bad of [row('five'), row('-1'), row('1000000000000'), row('5', 'much'), row('5', '-2')])
    expect(rowWish(bad, reader)).toBeNull();
});
