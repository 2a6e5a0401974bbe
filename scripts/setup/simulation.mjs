import { join } from 'node:path';
import process from 'node:process';
import { sumCounts } from './counts.mjs';
import { rootDir } from './paths.mjs';
import { captureProcess } from './run-process.mjs';
import { step } from './say.mjs';

/** @typedef {import('./counts.mjs').Counts} Counts */

/** A fixed set: what it takes is minutes, and longer runs are for `npm run simulate`. */
const seeds = '200';
const command = join(rootDir, 'scripts', 'simulate.ts');

/**
 * The simulator: a check for each seed, and one for each planted bug.
 * @returns {Promise<Counts>}
 */
export function runSimulation() {
  return step(
    'Simulation',
    async () =>
      sumCounts([await simulate(['--seeds', seeds], countSeeds), await simulate(['--plant', 'all'], countPlants)]),
    ({ passed, failed }) => `${passed} passed, ${failed} failed`,
  );
}

/**
 * @param {readonly string[]} args
 * @param {(output: string) => Counts} count
 * @returns {Promise<Counts>}
 */
async function simulate(args, count) {
  // What it says while it runs goes to the terminal: it takes a while.
  /** @type {import('node:child_process').StdioOptions} */
  const stdio = ['ignore', 'pipe', 'inherit'];
  const { status, output } = await captureProcess(process.execPath, [command, ...args], { stdio });
  const counts = count(output);
  const isGood = status === 0 && counts.failed === 0 && counts.passed > 0;
  if (!isGood) process.stderr.write(`${output.trim()}\n`);
  return isGood ? counts : { ...counts, failed: Math.max(1, counts.failed) };
}

/**
 * Seeds that broke no rule, by the summary line.
 * @param {string} output
 * @returns {Counts}
 */
export function countSeeds(output) {
  const line = output.split('\n').findLast((each) => each.startsWith('{"seeds"'));
  if (line === undefined) return { passed: 0, failed: 1, failures: ['the simulator said nothing of its seeds'] };
  /** @type {{ seeds: number, violations: { seed: number, rule: string, text: string }[] }} */
  const { seeds, violations } = JSON.parse(line);
  const failed = new Set(violations.map(({ seed }) => seed)).size;
  const failures = violations.map(({ seed, rule, text }) => `seed ${seed}: ${rule}: ${text}`);
  return { passed: seeds - failed, failed, failures };
}

/**
 * Plants that their own rule caught, by a line each.
 * @param {string} output
 * @returns {Counts}
 */
export function countPlants(output) {
  const outcomes = output
    .split('\n')
    .filter((each) => each.startsWith('{"plant"'))
    .map((each) => JSON.parse(each));
  const missed = outcomes.filter(({ rule, caughtBy }) => rule !== caughtBy);
  const failures = missed.map(
    ({ plant, rule, caughtBy }) => `plant ${plant}: to be caught by ${rule}, was by ${caughtBy ?? 'nothing'}`,
  );
  return { passed: outcomes.length - missed.length, failed: missed.length, failures };
}
