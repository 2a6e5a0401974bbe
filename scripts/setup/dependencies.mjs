import { join } from 'node:path';
import process from 'node:process';
import { withLock } from './lock.mjs';
import { isNetworkTrouble, npm } from './npm-command.mjs';
import { rootDir, toolsDir } from './paths.mjs';
import { step } from './say.mjs';
import { SetupProblem } from './setup-problem.mjs';
import { isStamped, stampOf, writeStamp } from './stamp.mjs';

const stampFile = join(rootDir, 'node_modules', '.laci-stamp');

/**
 * `npm install` and not `npm ci`: it is as exact with the committed lockfile, and it also copes with registry mirrors
 * that lack the binaries of other platforms. `--no-save` keeps the lockfile as it is under every version of npm.
 */
const installArgs = ['install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];

/** What the installed libraries depend on. */
const dependenciesStamp = () =>
  stampOf(rootDir, ['package.json', 'package-lock.json', '.npmrc'], [process.platform, process.arch]);

/**
 * Installs the libraries, only when package.json or the lockfile changed since the last time.
 * @throws {SetupProblem} when they cannot be installed
 */
export async function bringDependencies() {
  if (isStamped(stampFile, dependenciesStamp())) return;
  await withLock(join(toolsDir, 'dependencies.lock'), async () => {
    const stamp = dependenciesStamp();
    if (isStamped(stampFile, stamp)) return;
    await step('Installing the libraries', install);
    writeStamp(stampFile, stamp);
  });
}

async function install() {
  const { status, output } = await npm(installArgs);
  if (status !== 0) throw new SetupProblem(installFailureText(output));
}

/**
 * What to tell someone whose install failed.
 * @param {string} output what npm wrote
 */
export function installFailureText(output) {
  if (isNetworkTrouble(output)) {
    return 'The libraries could not be installed: the npm registry cannot be reached. Please connect to the internet once and run the same command again.';
  }
  return `The libraries could not be installed. npm said:\n${output.trim()}`;
}
