import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ProductId } from '../ids.ts';
import { isAllHere, orderArrivals } from './order-arrival.ts';

const goods = (name: string, quantity: number) => ({ productId: name as ProductId, quantity });

test('[ORD2] deliveries add up; what is missing, what came above the order and what nobody ordered is told', () => {
  const ordered = [goods('tea', 10), goods('milk', 6), goods('tea', 2)];
  expect(orderArrivals(ordered, [goods('tea', 5), goods('milk', 7), goods('tea', 1), goods('salt', 3)])).toEqual([
    { productId: 'tea', ordered: 12, received: 6, missing: 6, over: 0 },
    { productId: 'milk', ordered: 6, received: 7, missing: 0, over: 1 },
    { productId: 'salt', ordered: 0, received: 3, missing: 0, over: 3 },
  ]);
});

test('[ORD3] an order is fulfilled when nothing of it is missing; one of nothing never is', () => {
  expect(isAllHere(orderArrivals([goods('tea', 2)], [goods('tea', 1)]))).toBe(false);
  expect(isAllHere(orderArrivals([goods('tea', 2)], [goods('tea', 1), goods('tea', 2)]))).toBe(true);
  expect(isAllHere(orderArrivals([], [goods('tea', 1)]))).toBe(false);
});

const anyGoods = fc.array(
  fc.record({ productId: fc.constantFrom('a', 'b', 'c'), quantity: fc.integer({ min: 1, max: 99 }) }),
);

test('[ORD2] in whatever order deliveries are heard of, what came less what was ordered is the same', () => {
  fc.assert(
    fc.property(anyGoods, anyGoods, (wanted, delivered) => {
      const [some, others] = [
        orderArrivals(wanted as never, delivered as never),
        orderArrivals(wanted as never, delivered.toReversed() as never),
      ];
      const byProduct = (rows: typeof some) => new Map(rows.map((row) => [row.productId, row]));
      expect(byProduct(some)).toEqual(byProduct(others));
      for (const { ordered, received, missing, over } of some) {
        expect(received - ordered).toBe(over - missing);
        expect(Math.min(missing, over)).toBe(0);
      }
    }),
  );
});
