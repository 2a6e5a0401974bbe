import { expect, test } from 'vitest';
import { compareSeries, median, percentile, summarise } from './statistics.ts';

test('the median is the middle, and the mean of the two middle ones', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([10, 9])).toBe(9.5);
});

test('p95 is the nearest rank: of 20 values the 19th, of few the greatest', () => {
  expect(
    percentile(
      Array.from({ length: 20 }, (_, index) => 20 - index),
      95,
    ),
  ).toBe(19);
  expect(percentile([5, 1, 3], 95)).toBe(5);
  expect(summarise([1.26, 2.314, 9])).toEqual({ median: 2.31, p95: 9 });
});

test('a ratio is ours over the peer', () => {
  expect(compareSeries('x', [30, 10, 20], { raw: [10, 10, 10], fetch: [40, 40, 50] })).toEqual({
    name: 'x',
    unit: 'ms',
    ours: { median: 20, p95: 30 },
    peers: { raw: { median: 10, p95: 10 }, fetch: { median: 40, p95: 50 } },
    ratios: { raw: 2, fetch: 0.5 },
  });
});

test('a missing peer or a value that is no number is an error, never a result', () => {
  expect(() => compareSeries('x', [1], { raw: [] })).toThrow('Peers without a measurement: raw');
  expect(() => compareSeries('x', [1], {})).toThrow('Peers without a measurement: all');
  expect(() => compareSeries('x', [], { raw: [1] })).toThrow('Nothing was measured');
  expect(() => summarise([1, Number.NaN])).toThrow('not a number');
});
