import { expect, test } from 'vitest';
import { isLow, lowMark } from './low-stock.ts';

test('[OFFICE15] a product runs low at its own level, and without one when none is left', () => {
  expect([13, 12, 0].map((onHand) => isLow({ reorderLevel: 12 }, onHand))).toEqual([false, true, true]);
  expect([1, 0, -2].map((onHand) => isLow({}, onHand))).toEqual([false, true, true]);
  expect(isLow({ reorderLevel: 0 }, 1)).toBe(false);
});

test('[OFFICE15] its mark tells what runs low from what is gone and from what was sold without being there', () => {
  expect([13, 12, 0, -2].map((onHand) => lowMark({ reorderLevel: 12 }, onHand))).toEqual([
    null,
    'low',
    'none',
    'below',
  ]);
});
