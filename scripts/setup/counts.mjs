/**
 * How many tests, or checks counting as one each, passed and failed; `failures` names those that failed, a line each, as far as
 * the runner said.
 * @typedef {{ passed: number, failed: number, failures?: readonly string[] }} Counts
 */

/** @type {Counts} */
export const onePassed = { passed: 1, failed: 0 };
/**
 * One check that failed.
 * @param {string} name
 * @returns {Counts}
 */
export const oneFailed = (name) => ({ passed: 0, failed: 1, failures: [name] });

/**
 * @param {readonly Counts[]} all
 * @returns {Required<Counts>}
 */
export const sumCounts = (all) => ({
  passed: all.reduce((sum, { passed }) => sum + passed, 0),
  failed: all.reduce((sum, { failed }) => sum + failed, 0),
  failures: all.flatMap(({ failures }) => failures ?? []),
});

/** How many failures are named behind a run, and how long a line may be. */
const NAMED_MAX = 30;
const LINE_MAX = 400;

/**
 * What failed, a line each: they stand right before the last line, for somebody who sees only the end of a long run.
 * @param {Counts} counts
 * @returns {string[]} no line when nothing failed
 */
export function failureLines({ failures = [] }) {
  const lines = failures.slice(0, NAMED_MAX).map((each) => `failed: ${each.replace(/\s+/g, ' ').slice(0, LINE_MAX)}`);
  return failures.length > NAMED_MAX ? [...lines, `failed: and ${failures.length - NAMED_MAX} more`] : lines;
}

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
 * @typedef {{ status: string, fullName: string, failureMessages?: string[] }} VitestTest
 * @typedef {{ name: string, status: string, message?: string, assertionResults: VitestTest[] }} VitestFile
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
      const failed = file.assertionResults.filter((test) => test.status === 'failed');
      if (file.status === 'failed' && failed.length === 0) return { ...oneFailed(fileFailure(file)), passed };
      return { passed, failed: failed.length, failures: failed.map((test) => testFailure(file, test)) };
    }),
  );
}

/** @param {VitestFile} file */
const fileFailure = ({ name, message = '' }) => `${name}: ${message}`;

/**
 * @param {VitestFile} file
 * @param {VitestTest} test
 */
const testFailure = ({ name }, { fullName, failureMessages = [] }) =>
  `${name} › ${fullName}: ${failureMessages[0] ?? ''}`;

/**
 * @typedef {{ title: string, file: string, line: number, tests: { status: string }[] }} PlaywrightSpec
 * @typedef {{ specs?: PlaywrightSpec[], suites?: PlaywrightSuite[] }} PlaywrightSuite
 * @typedef {{ stats: { expected: number, flaky: number, unexpected: number }, errors: { message?: string }[] } & PlaywrightSuite} PlaywrightReport
 */

/**
 * Counts Playwright's JSON report. A test that passed only when tried again counts as failed.
 * @param {PlaywrightReport} report
 * @returns {Counts}
 */
export function countPlaywright({ stats, errors, suites = [] }) {
  const failures = [...suites.flatMap(failedSpecs), ...errors.map(({ message = '' }) => message)];
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, failures };
}

/**
 * @param {PlaywrightSuite} suite
 * @returns {string[]}
 */
function failedSpecs({ specs = [], suites = [] }) {
  const isBad = (/** @type {PlaywrightSpec} */ spec) =>
    spec.tests.some(({ status }) => status === 'unexpected' || status === 'flaky');
  const own = specs.filter(isBad).map(({ file, line, title }) => `${file}:${line} › ${title}`);
  return [...own, ...suites.flatMap(failedSpecs)];
}
