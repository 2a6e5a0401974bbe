import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { bringChromium } from './chromium.mjs';
import { buildClient, copyBuiltApp } from './client-build.mjs';
import { countPlaywright, countsWithStatus, countVitest, oneFailed, onePassed } from './counts.mjs';
import { libraryFile, reportsDir } from './paths.mjs';
import { inRunFolder } from './run-folder.mjs';
import { captureProcess, runProcess } from './run-process.mjs';
import { say, step } from './say.mjs';

/** @typedef {import('./counts.mjs').Counts} Counts */

const tsc = libraryFile('typescript', 'bin/tsc');
const biome = libraryFile('@biomejs/biome', 'bin/biome');
const vitest = libraryFile('vitest', 'vitest.mjs');
const playwright = libraryFile('@playwright/test', 'cli.js');

/** The whole repository against the types: one check. */
export const checkTypes = () => quietCheck('Checking types', [tsc, '--project', '.']);

/** The whole repository against lint and format rules: one check. */
export const checkLint = () =>
  quietCheck('Checking lint and format', [biome, 'check', '--error-on-warnings', '--max-diagnostics=100']);

/**
 * Lint and format with options of one's own, e.g. `--write`.
 * @param {readonly string[]} args
 * @returns {Promise<number>} exit status
 */
export const lint = (args) => runProcess(process.execPath, [biome, 'check', '--error-on-warnings', ...args]);

/**
 * @param {string} label
 * @param {readonly string[]} command
 * @returns {Promise<Counts>}
 */
async function quietCheck(label, command) {
  const { status, output } = await step(
    label,
    () => captureProcess(process.execPath, command),
    (result) => (result.status === 0 ? 'passed' : 'FAILED'),
  );
  if (status !== 0) process.stderr.write(`${output.trim()}\n`);
  return status === 0 ? onePassed : oneFailed(label);
}

/** The client build: one check. */
export async function checkBuild() {
  try {
    await buildClient();
    return onePassed;
  } catch (error) {
    return failedBecause(error);
  }
}

/**
 * The unit tests, with the structure test among them.
 * @param {readonly string[]} args for Vitest, e.g. a part of a file's name
 * @returns {Promise<Counts>}
 */
export function runUnitTests(args) {
  const report = newReport('vitest.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return countedRun('Unit tests', [vitest, 'run', ...reporters, ...args], process.env, report, countVitest);
}

/**
 * The browser tests, against the built app.
 * @param {readonly string[]} args for Playwright
 * @returns {Promise<Counts>}
 */
export async function runBrowserTests(args) {
  try {
    const chromium = await bringChromium();
    /** @param {import('./run-folder.mjs').RunFolder} folder */
    const run = ({ app, results, report }) => {
      const own = { LACI_APP_DIR: app, LACI_RESULTS_DIR: results, PLAYWRIGHT_JSON_OUTPUT_FILE: report };
      const command = [playwright, 'test', '--reporter=list,json', ...args];
      const env = { ...process.env, LACI_CHROMIUM: chromium, ...own };
      return countedRun('Browser tests', command, env, report, countPlaywright);
    };
    return await inRunFolder(reportsDir, copyBuiltApp, run, ({ failed }) => failed === 0);
  } catch (error) {
    return failedBecause(error);
  }
}

/**
 * Runs a test runner on this terminal and counts from its report.
 * @template Report
 * @param {string} label
 * @param {readonly string[]} command
 * @param {NodeJS.ProcessEnv} env
 * @param {string} reportFile
 * @param {(report: Report) => Counts} count
 * @returns {Promise<Counts>}
 */
function countedRun(label, command, env, reportFile, count) {
  return step(
    label,
    async () => {
      const status = await runProcess(process.execPath, command, { env });
      return countsWithStatus(readCounts(reportFile, count), status);
    },
    ({ passed, failed }) => `${passed} passed, ${failed} failed`,
  );
}

/**
 * @template Report
 * @param {string} reportFile
 * @param {(report: Report) => Counts} count
 * @returns {Counts} nothing at all when the runner left no report
 */
function readCounts(reportFile, count) {
  try {
    return count(JSON.parse(readFileSync(reportFile, 'utf8')));
  } catch {
    return { passed: 0, failed: 0 };
  }
}

/**
 * The path of a report that does not exist yet: an older run's must never be counted.
 * @param {string} name
 */
function newReport(name) {
  mkdirSync(reportsDir, { recursive: true });
  const file = join(reportsDir, name);
  rmSync(file, { force: true });
  return file;
}

/** @param {unknown} error */
function failedBecause(error) {
  const message = error instanceof Error ? error.message : String(error);
  say(message);
  return oneFailed(message);
}
