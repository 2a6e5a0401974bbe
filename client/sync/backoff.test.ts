import { expect, test } from 'vitest';
import { BACKOFF_MS_MAX, backoffMs } from './backoff.ts';

test('[SYNC5] pauses are 1, 2, 4 … 30 s at most, with full jitter', () => {
  const longest = [0, 1, 2, 3, 4, 5, 50].map((attempt) => backoffMs(attempt, 0.999_999_9));
  expect(longest).toEqual([999, 1_999, 3_999, 7_999, 15_999, 29_999, 29_999]);
  expect(backoffMs(3, 0)).toBe(0);
  expect(backoffMs(1_000, 1)).toBe(BACKOFF_MS_MAX);
});
