import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CostLayer, marginBasisPoints, valueAtCost } from './cost.ts';

const layers: readonly CostLayer[] = [
  { units: 10, unitCost: 1_200 },
  { units: 20, unitCost: null },
  { units: 30, unitCost: 1_000 },
];

test('[COST1] what is on hand costs what the last receipts that make it up cost', () => {
  expect(valueAtCost(4, 1, layers)).toBe(4 * 1_200);
  expect(valueAtCost(15, 1, layers)).toBe(10 * 1_200 + 5 * 1_000);
  expect(valueAtCost(70, 1, layers)).toBe(10 * 1_200 + 60 * 1_000);
  expect(valueAtCost(1_500, 1_000, [{ units: 9_000, unitCost: 14_001 }])).toBe(21_002);
});

test('[COST1] without a known cost there is no value; nothing on hand is worth nothing', () => {
  expect(valueAtCost(5, 1, [{ units: 5, unitCost: null }])).toBeNull();
  expect(valueAtCost(5, 1, [])).toBeNull();
  for (const onHand of [0, -3]) expect(valueAtCost(onHand, 1, [])).toBe(0);
  expect(
    valueAtCost(5, 1, [
      { units: 9, unitCost: null },
      { units: 1, unitCost: 7 },
    ]),
  ).toBe(35);
});

test('[COST1] at one cost alone the value is that cost times what is there; a value is never outside the known costs', () => {
  const layer = fc.record({ units: fc.integer({ min: 1, max: 10 ** 9 }), unitCost: fc.option(fc.nat(10 ** 6)) });
  fc.assert(
    fc.property(fc.array(layer, { maxLength: 12 }), fc.nat(10 ** 6), (some, onHand) => {
      const costs = some.flatMap(({ unitCost }) => unitCost ?? []);
      const value = valueAtCost(onHand, 1, some);
      if (costs.length === 0) {
        expect(value).toBe(onHand === 0 ? 0 : null);
        return;
      }
      expect(value).toBeGreaterThanOrEqual(onHand * Math.min(...costs));
      expect(value).toBeLessThanOrEqual(onHand * Math.max(...costs));
    }),
  );
});

test('[COST2] the margin is of the price, and below nothing under cost', () => {
  expect(marginBasisPoints(10_000, 7_500)).toBe(2_500);
  expect(marginBasisPoints(10_000, 12_000)).toBe(-2_000);
  expect(marginBasisPoints(0, 12_000)).toBeNull();
});
