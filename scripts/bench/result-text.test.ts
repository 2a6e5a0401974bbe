import { expect, test } from 'vitest';
import { resultText } from './result-text.ts';
import { type BenchResult, compareSeries } from './statistics.ts';

test('a table names every contender, those without a rank, what they cannot do and who is missing', () => {
  const text = resultText({
    ...compareSeries('push', [2], { raw: [1] }),
    unranked: { quick: { median: 0.5, p95: 0.6 } },
    notes: { quick: 'answers before the disk' },
    failed: { slow: 'took more than 60 s' },
  });
  const lines = text.split('\n').map((line) => line.trim().replace(/ +/g, ' '));
  expect(lines).toEqual([
    'push, ms',
    'median p95 ours/peer',
    'ours 2 2',
    'raw 1 1 2',
    'quick 0.5 0.6 no rank',
    'quick: answers before the disk',
    'slow was NOT measured: took more than 60 s',
  ]);
});

test('every other figure follows by its path, one number or median and p95', () => {
  const parts = {
    '10': { ours: { median: 7, p95: 9 }, p99: 12 },
    search: { done: { median: 1, p95: 2 }, samples: 20 },
  };
  const text = resultText({ ...compareSeries('till', [1], { raw: [1] }), flat: 1.01, parts } as BenchResult);
  const lines = text.split('\n').map((line) => line.trim().split(/ {2,}/));
  expect(lines.slice(4)).toEqual([
    ['flat', '1.01'],
    ['parts 10 ours', '7', '9'],
    ['parts 10 p99', '12'],
    ['parts search done', '1', '2'],
    ['parts search samples', '20'],
  ]);
});
