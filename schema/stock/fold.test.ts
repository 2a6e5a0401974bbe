import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DeviceEntry } from '../entry/entry.ts';
import {
  BRANCH,
  COFFEE,
  makeDeviceEntries,
  makeServerEntries,
  OFFICE_DEVICE,
  RICE,
  TILL_DEVICE,
} from '../fixtures/make-entries.ts';
import { makeDeviceEntriesV3 } from '../fixtures/make-entries-v3.ts';
import { counterOf, emptyStock, type Stock, stockId, stockShape } from './counter.ts';
import { stockEffects } from './effect.ts';
import { coverUpTo, foldEffect, foldIntoBase, forgetDevices, retireDevice } from './fold.ts';
import { joinStock } from './join.ts';
import { explainOnHand } from './on-hand.ts';
import { shareOf } from './share.ts';

const EMPTY = emptyStock(BRANCH, COFFEE, 1);
const EXAMPLES = [...makeDeviceEntries(), ...makeDeviceEntriesV3()];
const effect = (unitsIn: number, out: number) => ({ productId: COFFEE, in: unitsIn, out });
const sumOf = (stock: Stock) => explainOnHand(stock, OFFICE_DEVICE, []).onHand;

test.each<[DeviceEntry['kind'], readonly [product: string, unitsIn: number, out: number][]]>([
  [
    'sale',
    [
      [COFFEE, 0, 2],
      [RICE, 0, 1_235],
    ],
  ],
  ['refund', [[COFFEE, 1, 0]]],
  [
    'receive',
    [
      [COFFEE, 40, 0],
      [RICE, 50_000, 0],
    ],
  ],
  [
    'adjust',
    [
      [COFFEE, 0, 3],
      [RICE, 250, 0],
    ],
  ],
  ['waste', [[RICE, 0, 1_000]]],
  ['transfer-out', [[COFFEE, 0, 5]]],
  ['transfer-in', [[COFFEE, 4, 0]]],
  ['count', []],
  ['shift-open', []],
  ['shift-close', []],
  ['cash-in', []],
  ['cash-out', []],
  ['payment-confirmed', []],
  ['tender-correction', []],
  ['credit-payment', [['kasbon_ibu-tini', 25_000, 0]]],
  ['approval', []],
  ['allotment-received', [[shareOf(COFFEE, TILL_DEVICE), 10, 0]]],
  ['allotment-returned', [[shareOf(COFFEE, TILL_DEVICE), 0, 2]]],
  ['snapshot', []],
])('[STK7] what a %s does to the stock', (kind, expected) => {
  const entry = EXAMPLES.find((each) => each.kind === kind) as DeviceEntry;
  expect(stockEffects(entry)).toEqual(expected.map(([productId, unitsIn, out]) => ({ productId, in: unitsIn, out })));
});

test("[STK7] the server's own entries move nothing by themselves", () => {
  for (const entry of makeServerEntries()) expect(stockEffects(entry)).toEqual([]);
});

test('[STK7] lines of one product are one effect, and both signs of an adjustment are kept', () => {
  const adjust = EXAMPLES.find((entry) => entry.kind === 'adjust') as Extract<DeviceEntry, { kind: 'adjust' }>;
  const line = (delta: number) => ({ productId: COFFEE, delta: delta as (typeof adjust.body.lines)[number]['delta'] });
  const entry = { ...adjust, body: { ...adjust.body, lines: [line(5), line(-2), line(1)] } };
  expect(stockEffects(entry)).toEqual([{ productId: COFFEE, in: 6, out: 2 }]);
});

test('[STK1] folding the recorded day gives the counter worked out by hand', () => {
  let stock = EMPTY;
  for (const entry of makeDeviceEntries()) {
    for (const each of stockEffects(entry)) {
      if (each.productId === COFFEE) stock = foldEffect(stock, entry.deviceId, entry.seq, each);
    }
  }
  // In: 40 received, 1 given back, 4 from the other branch. Out: 2 + 1 sold, 3 adjusted, 5 sent. Last: entry 11.
  expect(stock.counters).toEqual({ [TILL_DEVICE]: { in: 45, out: 11, seq: 11 } });
  expect(sumOf(stock)).toBe(34);
  expect(stockShape.parse(stock)).toEqual(stock);
});

const anySteps = fc.array(fc.tuple(fc.nat(50), fc.nat(50)), { maxLength: 20 });

function foldSteps(steps: readonly (readonly [number, number])[], start = EMPTY): Stock {
  return steps.reduce((stock, [i, o], index) => foldEffect(stock, TILL_DEVICE, index + 1, effect(i, o)), start);
}

test('[STK2] folding twice is folding once, whatever is repeated', () => {
  fc.assert(
    fc.property(anySteps, fc.array(fc.nat(19)), (steps, repeats) => {
      let stock = foldSteps(steps);
      for (const index of repeats.filter((at) => at < steps.length)) {
        const [i, o] = steps[index] as readonly [number, number];
        const again = foldEffect(stock, TILL_DEVICE, index + 1, effect(i, o));
        expect(again).toBe(stock);
        stock = again;
      }
      expect(foldSteps(steps, stock)).toBe(stock);
    }),
  );
});

test('[STK1] the counter of one device does not depend on what others did in between', () => {
  fc.assert(
    fc.property(anySteps, fc.array(fc.boolean(), { maxLength: 20 }), (steps, others) => {
      let mixed = EMPTY;
      for (const [index, [i, o]] of steps.entries()) {
        if (others[index]) mixed = foldEffect(mixed, OFFICE_DEVICE, index + 1, effect(7, 1));
        mixed = foldEffect(mixed, TILL_DEVICE, index + 1, effect(i, o));
      }
      expect(counterOf(mixed, TILL_DEVICE)).toEqual(counterOf(foldSteps(steps), TILL_DEVICE));
    }),
  );
});

test('[STK2] folding changes no stock that somebody else holds', () => {
  const before = structuredClone(EMPTY);
  foldEffect(EMPTY, TILL_DEVICE, 1, effect(1, 0));
  retireDevice(foldSteps([[1, 0]]), TILL_DEVICE);
  expect(EMPTY).toEqual(before);
});

test('[STK5] [STK13] retiring a device changes no sum, raises the generation, and leaves an empty counter', () => {
  fc.assert(
    fc.property(anySteps, (steps) => {
      const stock = foldSteps(steps);
      const retired = retireDevice(stock, TILL_DEVICE);
      const moved = steps.some(([i, o]) => i + o > 0);
      expect(sumOf(retired)).toBe(sumOf(stock));
      expect(retired.n).toBe(moved ? 2 : 1);
      expect(counterOf(retired, TILL_DEVICE)).toEqual({ in: 0, out: 0, seq: steps.length });
      expect(retireDevice(retired, TILL_DEVICE)).toBe(retired);
      expect(joinStock(retired, stock)).toEqual(retired);
    }),
  );
});

test('[STK5] retiring a device that never touched the product changes nothing', () => {
  const stock = foldSteps([[5, 1]]);
  expect(retireDevice(stock, OFFICE_DEVICE)).toBe(stock);
});

test('[STK6] [STK13] a late entry of a retired device counts once in the base, of a new generation, which says so', () => {
  const retired = retireDevice(foldSteps([[5, 1]]), TILL_DEVICE);
  const late = foldIntoBase(retired, TILL_DEVICE, 4, effect(0, 2));
  expect(late).toEqual({
    ...retired,
    n: 3,
    base: { in: 5, out: 3 },
    counters: { [TILL_DEVICE]: { in: 0, out: 0, seq: 4 } },
  });
  expect(sumOf(late)).toBe(2);
  expect(foldIntoBase(late, TILL_DEVICE, 4, effect(0, 2))).toBe(late);
});

test('[STK13] an entry of a retired device that is counted elsewhere raises its empty counter alone', () => {
  const retired = retireDevice(foldSteps([[5, 1]]), TILL_DEVICE);
  const covered = coverUpTo(retired, TILL_DEVICE, 9);
  expect(covered).toEqual({ ...retired, counters: { [TILL_DEVICE]: { in: 0, out: 0, seq: 9 } } });
  expect(joinStock(retired, covered)).toEqual(covered);
});

test('[STK14] empty counters that nobody needs go when the generation rises, and no other does', () => {
  const stock = foldEffect(retireDevice(foldSteps([[5, 1]]), TILL_DEVICE), OFFICE_DEVICE, 1, effect(3, 0));
  const retired = retireDevice(stock, OFFICE_DEVICE);
  expect(forgetDevices(retired, new Set([TILL_DEVICE])).counters).toEqual({
    [OFFICE_DEVICE]: { in: 0, out: 0, seq: 1 },
  });
  expect(forgetDevices(stock, new Set([OFFICE_DEVICE]))).toEqual(stock);
});

test('[STK1] an id names branch and product, and a new document stands at zero', () => {
  expect(stockId(BRANCH, COFFEE)).toBe('utama:8992761111014');
  expect(EMPTY).toMatchObject({ id: 'utama:8992761111014', scope: 'utama', epoch: 1, n: 1, counters: {} });
});
