import { basename } from 'node:path';
import process from 'node:process';
import { captureProcess } from './run-process.mjs';

/** What npm writes when the network, and not the project, is the trouble. */
const networkTrouble =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|CERT_HAS_EXPIRED|UNABLE_TO_GET_ISSUER_CERT\w*|SELF_SIGNED_CERT\w*)\b|network (request|timeout)/;

/**
 * Whether npm failed because it could not reach the registry.
 * @param {string} output
 */
export const isNetworkTrouble = (output) => networkTrouble.test(output);

/**
 * How to call npm with this very Node. Under `npm start` npm says where it lives; otherwise the one on PATH is taken.
 * @param {string | undefined} npmExecPath value of `npm_execpath`
 * @param {NodeJS.Platform} platform
 * @returns {{ command: string, firstArgs: string[], shell: boolean }}
 */
export function npmCommand(npmExecPath, platform) {
  if (npmExecPath && /^npm-cli\.c?js$/.test(basename(npmExecPath))) {
    return { command: process.execPath, firstArgs: [npmExecPath], shell: false };
  }
  return { command: 'npm', firstArgs: [], shell: platform === 'win32' };
}

/**
 * Runs npm quietly.
 * @param {readonly string[]} args
 */
export function npm(args) {
  const { command, firstArgs, shell } = npmCommand(process.env.npm_execpath, process.platform);
  return captureProcess(command, [...firstArgs, ...args], { shell });
}
