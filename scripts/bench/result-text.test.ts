import { expect, test } from 'vitest';
import { resultText } from './result-text.ts';
import { compareSeries } from './statistics.ts';

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
