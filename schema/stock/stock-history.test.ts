import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stockLevels, usuallySold } from './stock-history.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

test('[MOV4] the stock over time is what it is now, with what moved it undone', () => {
  const moves = [
    { at: 10, delta: 20 },
    { at: 30, delta: -5 },
    { at: 20, delta: -3 },
  ];
  expect(stockLevels(12, moves, 0, 40)).toEqual([
    { at: 0, onHand: 0 },
    { at: 10, onHand: 20 },
    { at: 20, onHand: 17 },
    { at: 30, onHand: 12 },
    { at: 40, onHand: 12 },
  ]);
});

test('[MOV4] whatever moved, each level is the one before it and its move, and the last is what there is', () => {
  const move = fc.record({ at: fc.nat(1_000), delta: fc.integer({ min: -50, max: 50 }) });
  fc.assert(
    fc.property(fc.array(move), fc.integer({ min: -99, max: 99 }), (moves, onHand) => {
      const levels = stockLevels(onHand, moves, 100, 1_000);
      expect(levels.at(-1)).toEqual({ at: 1_000, onHand });
      const since = moves.filter(({ at }) => at > 100).reduce((sum, { delta }) => sum + delta, 0);
      expect(levels[0]).toEqual({ at: 100, onHand: onHand - since });
      expect(levels.map(({ at }) => at)).toEqual(levels.map(({ at }) => at).sort((left, right) => left - right));
    }),
  );
});

test('[MOV5] a silent till usually sells what it sold in the same hours of the days before', () => {
  const now = 40 * DAY + 14 * HOUR;
  const silentSince = now - 2 * HOUR;
  // Every day three at one o'clock, and ten in the morning, which is no part of the two silent hours.
  const sold = Array.from({ length: 10 }, (_, day) => [
    { at: now - (day + 1) * DAY - HOUR, delta: -3 },
    { at: now - (day + 1) * DAY - 6 * HOUR, delta: -10 },
  ]).flat();
  const active = sold.map(({ at }) => at);
  expect(usuallySold(sold, active, { silentSince, now, days: 28 })).toBeCloseTo(3, 0);
  // A day on which the till wrote nothing is no day of nothing sold.
  const open = sold.filter(({ at }) => now - at < 5 * DAY || now - at > 8 * DAY);
  expect(
    usuallySold(
      open,
      open.map(({ at }) => at),
      { silentSince, now, days: 28 },
    ),
  ).toBeCloseTo(3, 0);
  expect(usuallySold([], active, { silentSince, now, days: 28 })).toBe(0);
  expect(usuallySold([], [], { silentSince, now, days: 28 })).toBe(0);
});
