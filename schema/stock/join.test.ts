import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BRANCH, COFFEE, OFFICE_DEVICE, TILL_DEVICE } from '../fixtures/make-entries.ts';
import type { DeviceId } from '../ids.ts';
import { type Counter, emptyStock, type Stock } from './counter.ts';
import { joinStock } from './join.ts';

const DEVICES: readonly DeviceId[] = [TILL_DEVICE, OFFICE_DEVICE, 'aaaaaaaaaaaaaaaa' as DeviceId];

/** The one counter that a device has at `seq` in a generation: a pure function, as on the server (STK1). */
function counterAt(epoch: number, n: number, device: number, seq: number): Counter {
  return { in: seq * (device + 2) + epoch, out: seq * (device + 1) + n, seq };
}

/** Any state that a replica may hold: in each generation, any devices, each at any seq. */
const anyStock: fc.Arbitrary<Stock> = fc
  .record({
    epoch: fc.integer({ min: 1, max: 3 }),
    n: fc.integer({ min: 1, max: 3 }),
    seqs: fc.array(fc.option(fc.integer({ min: 1, max: 6 })), { minLength: 3, maxLength: 3 }),
  })
  .map(({ epoch, n, seqs }) => {
    const counters: Record<DeviceId, Counter> = {};
    for (const [device, seq] of seqs.entries()) {
      if (seq !== null) counters[DEVICES[device] as DeviceId] = counterAt(epoch, n, device, seq);
    }
    return { ...emptyStock(BRANCH, COFFEE, epoch), n, base: { in: n * 10, out: epoch }, counters };
  });

test('[STK3] joining is commutative', () => {
  fc.assert(
    fc.property(anyStock, anyStock, (a, b) => {
      expect(joinStock(a, b)).toEqual(joinStock(b, a));
    }),
    { numRuns: 500 },
  );
});

test('[STK3] joining is associative', () => {
  fc.assert(
    fc.property(anyStock, anyStock, anyStock, (a, b, c) => {
      expect(joinStock(joinStock(a, b), c)).toEqual(joinStock(a, joinStock(b, c)));
    }),
    { numRuns: 500 },
  );
});

test('[STK3] joining is idempotent', () => {
  fc.assert(
    fc.property(anyStock, anyStock, (a, b) => {
      const joined = joinStock(a, b);
      expect(joinStock(joined, b)).toEqual(joined);
      expect(joinStock(a, a)).toEqual(a);
    }),
  );
});

test('[STK3] joining changes neither of the two', () => {
  fc.assert(
    fc.property(anyStock, anyStock, (a, b) => {
      const before = structuredClone([a, b]);
      joinStock(a, b);
      expect([a, b]).toEqual(before);
    }),
  );
});

test('[STK4] between different generations the higher replaces the other whole, counters of greater seq included', () => {
  const counters = (seq: number) => ({ [TILL_DEVICE]: { in: seq, out: 0, seq } });
  const old = { ...emptyStock(BRANCH, COFFEE, 1), n: 9, counters: counters(50) };
  const restored = { ...emptyStock(BRANCH, COFFEE, 2), counters: counters(3) };
  expect(joinStock(old, restored)).toBe(restored);
  expect(joinStock(restored, old)).toBe(restored);
  const retired = { ...old, n: 10, counters: {} };
  expect(joinStock(old, retired)).toBe(retired);
  expect(joinStock(retired, old)).toBe(retired);
});

test('[STK4] within one generation the greater seq wins for each device by itself', () => {
  const at = (till: number, office: number): Stock => ({
    ...emptyStock(BRANCH, COFFEE, 1),
    counters: { [TILL_DEVICE]: counterAt(1, 1, 0, till), [OFFICE_DEVICE]: counterAt(1, 1, 1, office) },
  });
  expect(joinStock(at(5, 2), at(3, 4))).toEqual(at(5, 4));
});
