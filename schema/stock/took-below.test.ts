import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tookBelow } from './took-below.ts';

test('[STK15] those who took it while or until it was below nothing are named, and nobody before', () => {
  // 5 on hand; K1 sold 2, K2 sold 4 (now -1), K1 got 3 (2), K2 sold 4 (-2), K1 sold 1 (-3).
  const moves = [
    { id: 'K1-1-3', delta: -1 },
    { id: 'K2-1-2', delta: -4 },
    { id: 'in', delta: 3 },
    { id: 'K2-1-1', delta: -4 },
    { id: 'K1-1-1', delta: -2 },
  ];
  expect(tookBelow(-3, moves)).toEqual({
    takers: [
      { id: 'K1-1-3', units: 1, left: -3 },
      { id: 'K2-1-2', units: 4, left: -2 },
    ],
    isWhole: true,
  });
  expect(tookBelow(-3, moves.slice(0, 1))).toMatchObject({ isWhole: false });
  expect(tookBelow(0, moves)).toEqual({ takers: [], isWhole: true });
});

test('[STK15] undone from the newest back the stock is there again: each taker left it below nothing', () => {
  const anyMoves = fc.array(
    fc.integer({ min: -9, max: 9 }).filter((delta) => delta !== 0),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(fc.nat({ max: 20 }), anyMoves, (start, deltas) => {
      const moves = deltas.map((delta, id) => ({ id, delta }));
      const onHand = deltas.reduce((sum, delta) => sum + delta, start);
      const { takers, isWhole } = tookBelow(onHand, moves.toReversed());
      expect(isWhole).toBe(true);
      for (const { id, left } of takers) {
        const after = deltas.slice(0, id + 1).reduce((sum, delta) => sum + delta, start);
        expect([left, left < 0]).toEqual([after, true]);
      }
    }),
  );
});
