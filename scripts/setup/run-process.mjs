import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import process from 'node:process';
import { rootDir } from './paths.mjs';

/** @typedef {{ env?: NodeJS.ProcessEnv, cwd?: string, shell?: boolean, stdio?: import('node:child_process').StdioOptions }} ProcessOptions */

/**
 * The exit status of an ended process; a death by signal becomes 128 + its number, as shells do it.
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
export function statusOf(code, signal) {
  if (code !== null) return code;
  return 128 + (signal ? constants.signals[signal] : 0);
}

/** How often it is looked whether npm still lives, ms. */
const lookAfterNpmMs = 250;

/**
 * Ends the child when npm was ended. A signal to `npm start` alone kills npm and its shell, and they tell nobody: the server
 * would live on and keep its port. Without npm (a service manager, `nohup node …`) losing the parent means nothing.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {() => void} stops looking
 */
function endWithNpm(child) {
  if (!process.env.npm_lifecycle_event) return () => {};
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    child.kill('SIGTERM');
  }, lookAfterNpmMs);
  return () => clearInterval(timer);
}

/**
 * Passes on the signals that only this process got. A Ctrl-C at a terminal reaches the child by itself (both are in the
 * foreground group), and a second one would read as "stop at once".
 * @param {import('node:child_process').ChildProcess} child
 * @returns {() => void} stops passing on
 */
function forwardSignals(child) {
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  /** @param {NodeJS.Signals} signal */
  const forward = (signal) => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  for (const signal of signals) process.on(signal, forward);
  return () => {
    for (const signal of signals) process.off(signal, forward);
  };
}

/**
 * Runs a program with this terminal and waits for its end. Signals are passed on.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {ProcessOptions} [options]
 * @returns {Promise<number>} its exit status
 */
export function runProcess(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: rootDir, stdio: 'inherit', ...options });
    const stops = [forwardSignals(child), endWithNpm(child)];
    const stopWatching = () => {
      for (const stop of stops) stop();
    };
    child.once('error', (error) => {
      stopWatching();
      reject(error);
    });
    child.once('exit', (code, signal) => {
      stopWatching();
      resolve(statusOf(code, signal));
    });
  });
}

/**
 * Runs a program quietly and keeps what it wrote. A program that cannot be started has status 127.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {ProcessOptions & { timeout?: number }} [options] `timeout` in ms
 * @returns {Promise<{ status: number, output: string }>} `output` is stdout and stderr, as they came
 */
export function captureProcess(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: rootDir, stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let output = '';
    /** @param {Buffer} chunk */
    const keep = (chunk) => {
      output += chunk.toString();
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.once('error', (error) => resolve({ status: 127, output: error.message }));
    child.once('close', (code, signal) => resolve({ status: statusOf(code, signal), output }));
  });
}
