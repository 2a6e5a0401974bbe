import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { libraryFile, rootDir } from './paths.mjs';
import { captureProcess } from './run-process.mjs';
import { step } from './say.mjs';
import { SetupProblem } from './setup-problem.mjs';

const programNames = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const macPrograms = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** How long a browser may take to tell its version, ms; one that needs longer does not work here. */
const versionMsMax = 20_000;

/**
 * Where a Chromium may already be on this machine, best first.
 * @param {string | undefined} searchPath value of PATH
 * @returns {string[]}
 */
export function chromiumCandidates(searchPath) {
  const dirs = (searchPath ?? '').split(delimiter).filter((dir) => dir !== '');
  return [...programNames.flatMap((name) => dirs.map((dir) => join(dir, name))), ...macPrograms];
}

/**
 * Finds a Chromium for the browser tests, or brings one: from Debian's packages when run as root there, else
 * Playwright's own build.
 * @returns {Promise<string>} the path of a program that starts
 * @throws {SetupProblem} when none is there and none can be brought
 */
export async function bringChromium() {
  const named = process.env.LACI_CHROMIUM;
  if (named) {
    if (await doesStart(named)) return named;
    throw new SetupProblem(
      `LACI_CHROMIUM names ${named}, which does not start. Name a Chromium or Chrome that does, or leave it unset to have one found.`,
    );
  }
  const found = (await findChromium()) ?? (await installFromDebian()) ?? (await installFromPlaywright());
  if (found) return found;
  throw new SetupProblem(
    'No Chromium was found and none could be installed. Please install Chromium or Chrome, or name one in LACI_CHROMIUM, and run the same command again.',
  );
}

async function findChromium() {
  for (const candidate of [...chromiumCandidates(process.env.PATH), playwrightChromium()]) {
    if (existsSync(candidate) && (await doesStart(candidate))) return candidate;
  }
  return undefined;
}

async function installFromDebian() {
  if (process.getuid?.() !== 0 || !isDebian(readOsRelease())) return undefined;
  return step(
    'Installing Chromium from Debian, once',
    async () => {
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
      await captureProcess('apt-get', ['update', '-qq'], { env });
      await captureProcess('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { env });
      return findChromium();
    },
    foundText,
  );
}

async function installFromPlaywright() {
  return step(
    'Downloading the Chromium of Playwright, once',
    async () => {
      await captureProcess(process.execPath, [libraryFile('@playwright/test', 'cli.js'), 'install', 'chromium']);
      return findChromium();
    },
    foundText,
  );
}

/** @param {string | undefined} found */
const foundText = (found) => (found ? 'done' : 'not possible here');

/**
 * Whether /etc/os-release tells of Debian itself. Ubuntu's package of that name only points at a snap.
 * @param {string} osRelease
 */
export const isDebian = (osRelease) => /^ID="?debian"?$/m.test(osRelease);

function readOsRelease() {
  try {
    return readFileSync('/etc/os-release', 'utf8');
  } catch {
    return '';
  }
}

/** Where Playwright's own Chromium is, or would be. */
function playwrightChromium() {
  const require = createRequire(join(rootDir, 'package.json'));
  /** @type {typeof import('@playwright/test')} */
  const { chromium } = require('@playwright/test');
  return chromium.executablePath();
}

/** @param {string} program */
async function doesStart(program) {
  // Chrome for Windows has no --version; there only Playwright's own is asked for, and that one works.
  if (process.platform === 'win32') return true;
  const { status } = await captureProcess(program, ['--version'], { timeout: versionMsMax });
  return status === 0;
}
