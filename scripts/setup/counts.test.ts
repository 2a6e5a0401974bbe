import { expect, test } from 'vitest';
import { countPlaywright, countsLine, countsWithStatus, countVitest, sumCounts } from './counts.mjs';

const passed = { status: 'passed' };
const failed = { status: 'failed' };

test('[SETUP4] counts are summed into the last line', () => {
  const sum = sumCounts([
    { passed: 1, failed: 0 },
    { passed: 12, failed: 3 },
  ]);
  expect(countsLine(sum)).toBe('13 passed, 3 failed');
  expect(countsLine(sumCounts([]))).toBe('0 passed, 0 failed');
});

test('[SETUP4] Vitest: tests are counted, and a file that did not load is one failure', () => {
  const testResults = [
    { status: 'passed', assertionResults: [passed, passed] },
    { status: 'failed', assertionResults: [passed, failed, failed] },
    { status: 'failed', assertionResults: [] },
  ];
  expect(countVitest({ testResults })).toEqual({ passed: 3, failed: 3 });
});

test('[SETUP4] Playwright: flaky tests and errors outside tests are failures', () => {
  const stats = { expected: 5, flaky: 1, unexpected: 2 };
  expect(countPlaywright({ stats, errors: [] })).toEqual({ passed: 5, failed: 3 });
  expect(countPlaywright({ stats, errors: [{}] })).toEqual({ passed: 5, failed: 4 });
});

test.each([
  ['ended well', { passed: 2, failed: 0 }, 0, { passed: 2, failed: 0 }],
  ['ended badly without a failed test', { passed: 2, failed: 0 }, 1, { passed: 2, failed: 1 }],
  ['ended badly with one', { passed: 2, failed: 1 }, 1, { passed: 2, failed: 1 }],
  ['ran nothing', { passed: 0, failed: 0 }, 0, { passed: 0, failed: 1 }],
])('[SETUP4] a runner that %s', (_what, counts, status, expected) => {
  expect(countsWithStatus(counts, status)).toEqual(expected);
});
