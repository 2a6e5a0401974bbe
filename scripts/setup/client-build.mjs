import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { withLock } from './lock.mjs';
import { distDir, libraryFile, rootDir, toolsDir } from './paths.mjs';
import { captureProcess } from './run-process.mjs';
import { say, step } from './say.mjs';
import { SetupProblem } from './setup-problem.mjs';
import { filesUnder, isStamped, stampOf, writeStamp } from './stamp.mjs';

const stampFile = join(distDir, '.laci-stamp');
const lockFile = join(toolsDir, 'client-build.lock');

/** Files beside the app's own that shape the bundle. */
const buildFiles = ['vite.config.ts', 'tsconfig.json', 'package.json', 'package-lock.json'];

/**
 * Whether a file of client/ or schema/ is built into the app; its tests are not.
 * @param {string} file with `/` between the parts
 */
export const isBuilt = (file) =>
  !file.startsWith('client/e2e/') && !/\.test\.tsx?$/.test(file) && !file.endsWith('.md');

/** What the built app depends on. */
function clientStamp() {
  const folders = ['client', 'schema', 'scripts/build'];
  const sources = folders.flatMap((folder) => filesUnder(rootDir, folder)).filter(isBuilt);
  return stampOf(rootDir, [...sources, ...buildFiles]);
}

/**
 * Builds the app into dist/, only when something it is made of changed since the last time.
 * @throws {SetupProblem} when it cannot be built
 */
export async function buildClient() {
  if (isStamped(stampFile, clientStamp())) return;
  await withLock(lockFile, async () => {
    const stamp = clientStamp();
    if (isStamped(stampFile, stamp)) return;
    await step('Building the app', viteBuild);
    mkdirSync(distDir, { recursive: true });
    writeStamp(stampFile, stamp);
  });
}

/**
 * Copies the built app, never one that is being built.
 * @param {string} to
 */
export function copyBuiltApp(to) {
  return withLock(lockFile, async () => cpSync(distDir, to, { recursive: true }));
}

async function viteBuild() {
  const vite = libraryFile('vite', 'bin/vite.js');
  // A test that asks for the app would get React's development build.
  const env = { ...process.env, NODE_ENV: 'production' };
  const { status, output } = await captureProcess(process.execPath, [vite, 'build', '--logLevel', 'warn'], { env });
  if (status !== 0) throw new SetupProblem(`The app could not be built. Vite said:\n${output.trim()}`);
  if (output.trim()) say(output.trim());
}
