import { expect, test } from 'vitest';
import { countPlaywright, countsLine, countsWithStatus, countVitest, failureLines, sumCounts } from './counts.mjs';

const passed = { status: 'passed', fullName: 'good' };
const failed = { status: 'failed', fullName: 'bad', failureMessages: ['one is\n  not two', 'more'] };

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
    { name: 'a.test.ts', status: 'passed', assertionResults: [passed, passed] },
    { name: 'b.test.ts', status: 'failed', assertionResults: [passed, failed, failed] },
    { name: 'c.test.ts', status: 'failed', message: 'no such module', assertionResults: [] },
  ];
  expect(countVitest({ testResults })).toMatchObject({ passed: 3, failed: 3 });
  expect(failureLines(countVitest({ testResults }))).toEqual([
    'failed: b.test.ts › bad: one is not two',
    'failed: b.test.ts › bad: one is not two',
    'failed: c.test.ts: no such module',
  ]);
});

test('[SETUP4] Playwright: flaky tests and errors outside tests are failures', () => {
  const stats = { expected: 5, flaky: 1, unexpected: 2 };
  expect(countPlaywright({ stats, errors: [] })).toMatchObject({ passed: 5, failed: 3 });
  expect(countPlaywright({ stats, errors: [{}] })).toMatchObject({ passed: 5, failed: 4 });
});

test('[SETUP4] Playwright: what failed is named, at any depth', () => {
  const stats = { expected: 1, flaky: 1, unexpected: 1 };
  const spec = (title: string, status: string) => ({ title, file: 'a.e2e.ts', line: 7, tests: [{ status }] });
  const suites = [{ specs: [spec('good', 'expected')], suites: [{ specs: [spec('bad', 'unexpected')] }] }];
  const counts = countPlaywright({ stats, errors: [{ message: 'no browser' }], suites });
  expect(failureLines(counts)).toEqual(['failed: a.e2e.ts:7 › bad', 'failed: no browser']);
});

test('[SETUP4] many failures are named up to a number, and the rest is counted', () => {
  const failures = Array.from({ length: 33 }, (_none, index) => `${index} ${'x'.repeat(1000)}`);
  const lines = failureLines({ passed: 0, failed: 33, failures });
  expect(lines).toHaveLength(31);
  expect(lines.at(-1)).toBe('failed: and 3 more');
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(420);
  expect(failureLines({ passed: 3, failed: 0 })).toEqual([]);
});

test.each([
  ['ended well', { passed: 2, failed: 0 }, 0, { passed: 2, failed: 0 }],
  ['ended badly without a failed test', { passed: 2, failed: 0 }, 1, { passed: 2, failed: 1 }],
  ['ended badly with one', { passed: 2, failed: 1 }, 1, { passed: 2, failed: 1 }],
  ['ran nothing', { passed: 0, failed: 0 }, 0, { passed: 0, failed: 1 }],
])('[SETUP4] a runner that %s', (_what, counts, status, expected) => {
  expect(countsWithStatus(counts, status)).toEqual(expected);
});
