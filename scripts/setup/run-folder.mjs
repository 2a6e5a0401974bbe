import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How long the traces of a run that failed are kept, ms: a week. */
const keptMs = 7 * 24 * 60 * 60 * 1000;
const prefix = 'e2e-';

/**
 * @typedef {object} RunFolder
 * @property {string} app the app as it was built when the run began: no other run's build changes it
 * @property {string} results what tests leave behind
 * @property {string} report
 */

/**
 * Gives browser tests a folder of their own, so that two runs in one checkout take nothing from each other, and removes it at the end;
 * of a run that failed its results stay for a week.
 * @template T
 * @param {string} reports where all runs have their folders
 * @param {(to: string) => Promise<void>} copyApp
 * @param {(folder: RunFolder) => Promise<T>} run
 * @param {(outcome: T) => boolean} isClean
 * @returns {Promise<T>}
 */
export async function inRunFolder(reports, copyApp, run, isClean) {
  mkdirSync(reports, { recursive: true });
  forgetOldRuns(reports, Date.now());
  const folder = mkdtempSync(join(reports, prefix));
  // A server serves nothing below a folder whose name begins with a dot.
  const app = mkdtempSync(join(tmpdir(), 'laci-e2e-app-'));
  let clean = false;
  try {
    await copyApp(app);
    const outcome = await run({ app, results: join(folder, 'results'), report: join(folder, 'playwright.json') });
    clean = isClean(outcome);
    return outcome;
  } finally {
    rmSync(app, { recursive: true, force: true });
    if (clean) rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} reports
 * @param {number} now
 */
export function forgetOldRuns(reports, now) {
  for (const name of readdirSync(reports).filter((one) => one.startsWith(prefix))) {
    const folder = join(reports, name);
    if (now - statSync(folder).mtimeMs > keptMs) rmSync(folder, { recursive: true, force: true });
  }
}
