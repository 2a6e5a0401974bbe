import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { checkBuild, checkLint, checkTypes, lint, runBrowserTests, runUnitTests } from './checks.mjs';
import { buildClient } from './client-build.mjs';
import { countsLine, failureLines, sumCounts } from './counts.mjs';
import { bringDependencies } from './dependencies.mjs';
import { rootDir } from './paths.mjs';
import { bringPeer } from './peers.mjs';
import { runProcess } from './run-process.mjs';
import { SERVER_NODE_OPTIONS, serverEnvironment } from './server-options.mjs';
import { SetupProblem } from './setup-problem.mjs';
import { runSimulation } from './simulation.mjs';
import { SLOW_TESTS } from './slow-tests.mjs';

/** @typedef {import('./counts.mjs').Counts} Counts */

/** The one peer that tests run against; the others are for benchmarks, which bring them. */
const TEST_PEER = 'peers/rxdb-client';

/**
 * Does what was asked, after bringing the libraries.
 * @param {readonly string[]} args of setup
 * @returns {Promise<number>} exit status
 */
export async function runCommand([verb, ...rest]) {
  if (verb === 'start') return start(rest);
  if (verb === 'test') return test();
  if (verb === 'run' && rest[0] !== undefined) return runNamed(rest[0], rest.slice(1));
  throw new SetupProblem('Usage: node scripts/setup.mjs start | test | run NAME [options]');
}

/** @param {readonly string[]} args */
async function start(args) {
  await bringDependencies();
  await buildClient();
  const run = [...SERVER_NODE_OPTIONS, join(rootDir, 'server', 'main.ts'), ...args];
  return runProcess(process.execPath, run, { env: serverEnvironment(process.env) });
}

/** Everything that must hold. Goes on after a failure, so that one run tells all. */
async function test() {
  await bringDependencies();
  await bringPeer(TEST_PEER);
  const checks = [checkTypes, checkLint, () => runUnitTests([]), runSimulation, checkBuild, () => runBrowserTests([])];
  /** @type {Counts[]} */
  const counts = [];
  for (const runCheck of checks) counts.push(await runCheck());
  return report(counts);
}

/**
 * The inner loop: no build, no browser, and without a name none of the slow tests.
 * @param {readonly string[]} args for Vitest
 */
async function check(args) {
  await bringPeer(TEST_PEER);
  const tests = args.length > 0 ? args : SLOW_TESTS.map((pattern) => `--exclude=${pattern}`);
  return report([...(await Promise.all([checkTypes(), checkLint()])), await runUnitTests(tests)]);
}

/**
 * @param {string} name
 * @param {readonly string[]} args
 * @returns {Promise<number>}
 */
async function runNamed(name, args) {
  await bringDependencies();
  if (name === 'check') return check(args);
  if (name === 'lint') return lint(args);
  if (name === 'build') return report([await checkBuild()]);
  if (name === 'e2e') return report([await checkBuild(), await runBrowserTests(args)]);
  return runProcess(process.execPath, [scriptFile(name, (file) => existsSync(join(rootDir, file))), ...args]);
}

/**
 * The program behind `npm run NAME`: scripts/NAME.ts or scripts/NAME/main.ts.
 * @param {string} name
 * @param {(file: string) => boolean} exists
 * @returns {string} relative to the root
 * @throws {SetupProblem} when there is none
 */
export function scriptFile(name, exists) {
  const file = [`scripts/${name}.ts`, `scripts/${name}/main.ts`].find(exists);
  if (!file || !/^[a-z][a-z0-9-]*$/.test(name)) throw new SetupProblem(`There is no command named ${name}.`);
  return file;
}

/**
 * Ends a run with what failed and its one line.
 * @param {readonly Counts[]} counts
 * @returns {number} exit status
 */
function report(counts) {
  const sum = sumCounts(counts);
  for (const line of [...failureLines(sum), countsLine(sum)]) process.stdout.write(`${line}\n`);
  return sum.failed === 0 ? 0 : 1;
}
