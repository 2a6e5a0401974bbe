import { expect, test } from 'vitest';
import { addStretch, cutOut, LACKING_STRETCHES_MAX, type Lacking, lackingShape } from './lacking.ts';

const names = (lacking: Lacking, seq: number) => lacking.some(({ from, to }) => from <= seq && seq <= to);

test('[PUSH11] what arrives is cut out of its stretch, at its ends, in its middle, and whole', () => {
  const lacking = addStretch(addStretch([], { from: 2, to: 6 }), { from: 9, to: 9 });
  expect(cutOut(lacking, 4)).toEqual([
    { from: 2, to: 3 },
    { from: 5, to: 6 },
    { from: 9, to: 9 },
  ]);
  expect(cutOut(cutOut(lacking, 2), 6)[0]).toEqual({ from: 3, to: 5 });
  expect(cutOut(lacking, 9)).toEqual([{ from: 2, to: 6 }]);
  expect(cutOut(lacking, 7)).toEqual(lacking);
});

test('[PUSH11] however many gaps a device makes, few stretches are named, and none of what is missing is left out', () => {
  let lacking: Lacking = [];
  const missing: number[] = [];
  for (let gap = 0; gap < 500; gap += 1) {
    const from = gap * 10 + (gap % 7);
    lacking = addStretch(lacking, { from: from + 1, to: from + 2 });
    missing.push(from + 1, from + 2);
  }
  for (const seq of missing.filter((_, index) => index % 3 === 0)) lacking = cutOut(lacking, seq);
  const left = missing.filter((_, index) => index % 3 !== 0);
  expect(lacking.length).toBe(LACKING_STRETCHES_MAX);
  expect(lackingShape.safeParse(lacking).success).toBe(true);
  expect(left.every((seq) => names(lacking, seq))).toBe(true);
});
