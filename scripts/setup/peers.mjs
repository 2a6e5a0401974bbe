import { join } from 'node:path';
import process from 'node:process';
import { installFailureText } from './dependencies.mjs';
import { withLock } from './lock.mjs';
import { isNetworkTrouble, npm } from './npm-command.mjs';
import { rootDir, toolsDir } from './paths.mjs';
import { say, step } from './say.mjs';
import { filesUnder, isStamped, stampOf, writeStamp } from './stamp.mjs';

/** As for the libraries: exact by the lockfile, which stays as it is. */
const installFlags = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];

/** Asks once, at most so long, whether the registry answers at all. */
const pingArgs = ['ping', '--fetch-retries=0', '--fetch-timeout=20000', '--loglevel=error'];

/**
 * The packages of other people's software that tests and benchmarks run against: folders with a package.json right under `peers/`.
 * @param {string} dir the folder that holds `peers/`
 * @returns {string[]} relative to `dir`
 */
export function peerFolders(dir) {
  return peerPackages(dir).map((file) => file.replace(/\/package\.json$/, ''));
}

/** @param {string} dir */
const peerPackages = (dir) => filesUnder(dir, 'peers').filter((file) => /^peers\/[^/]+\/package\.json$/.test(file));

/**
 * Installs the peers, each only when its package.json or lockfile changed since the last time. One that cannot be had is
 * told in a sentence and stops nothing: what needs it fails by itself.
 * @param {string} [dir]
 * @param {typeof npm} [runNpm]
 */
export async function bringPeers(dir = rootDir, runNpm = npm) {
  for (const folder of peerFolders(dir)) await bringPeer(folder, dir, runNpm);
}

/**
 * Installs the packages of one folder, when its package.json or lockfile changed since the last time.
 * @param {string} folder relative to `dir`
 * @param {string} [dir]
 * @param {typeof npm} [runNpm]
 */
export async function bringPeer(folder, dir = rootDir, runNpm = npm) {
  const stampFile = join(dir, folder, 'node_modules', '.laci-stamp');
  const files = ['package.json', 'package-lock.json'].map((name) => `${folder}/${name}`);
  const stamp = stampOf(dir, files, [process.platform, process.arch]);
  if (isStamped(stampFile, stamp)) return;
  await withLock(join(toolsDir, 'peers.lock'), async () => {
    if (isStamped(stampFile, stamp)) return;
    const install = async () => {
      const reached = await runNpm(pingArgs);
      // Without it npm would try each package again, for many minutes.
      if (reached.status !== 0 && isNetworkTrouble(reached.output)) return reached;
      return runNpm(['install', '--prefix', join(dir, folder), ...installFlags]);
    };
    const { status, output } = await step(`Installing ${folder}, other people's software`, install, (result) =>
      result.status === 0 ? 'done' : 'FAILED',
    );
    if (status === 0) writeStamp(stampFile, stamp);
    else say(`${installFailureText(output)} Tests against ${folder} will fail.`);
  });
}
