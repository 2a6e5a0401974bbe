/**
 * How many tests, or checks counting as one each, passed and failed.
 * @typedef {{ passed: number, failed: number }} Counts
 */

/** @type {Counts} */
export const onePassed = { passed: 1, failed: 0 };
/** @type {Counts} */
export const oneFailed = { passed: 0, failed: 1 };

/**
 * @param {readonly Counts[]} all
 * @returns {Counts}
 */
export const sumCounts = (all) =>
  all.reduce((sum, one) => ({ passed: sum.passed + one.passed, failed: sum.failed + one.failed }), {
    passed: 0,
    failed: 0,
  });

/**
 * The line that ends every test run.
 * @param {Counts} counts
 */
export const countsLine = ({ passed, failed }) => `${passed} passed, ${failed} failed`;

/**
 * A run whose runner ended badly, or that ran nothing, is never a success, whatever it counted.
 * @param {Counts} counts
 * @param {number} status the runner's exit status
 * @returns {Counts}
 */
export function countsWithStatus(counts, status) {
  const isSuccess = status === 0 && counts.passed > 0;
  return isSuccess || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}

/**
 * @typedef {{ status: string, assertionResults: { status: string }[] }} VitestFile
 * @typedef {{ testResults: VitestFile[] }} VitestReport
 */

/**
 * Counts Vitest's JSON report. A file that failed without a failed test (it did not load) counts as one failure.
 * @param {VitestReport} report
 * @returns {Counts}
 */
export function countVitest(report) {
  return sumCounts(
    report.testResults.map((file) => {
      const passed = file.assertionResults.filter((test) => test.status === 'passed').length;
      const failed = file.assertionResults.filter((test) => test.status === 'failed').length;
      return { passed, failed: file.status === 'failed' ? Math.max(failed, 1) : failed };
    }),
  );
}

/**
 * @typedef {{ stats: { expected: number, flaky: number, unexpected: number }, errors: unknown[] }} PlaywrightReport
 */

/**
 * Counts Playwright's JSON report. A test that passed only when tried again counts as failed.
 * @param {PlaywrightReport} report
 * @returns {Counts}
 */
export function countPlaywright({ stats, errors }) {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length };
}
