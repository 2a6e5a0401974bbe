import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The real server in a process of its own. */
export interface TestProcess {
  readonly origin: string;
  readonly codes: readonly {
    readonly role: string;
    readonly till: string;
    readonly code: string;
    readonly link: string;
  }[];
  readonly output: () => string;
  /** Sends a signal and waits for the end. Gives the exit status, or the signal that ended it. */
  end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals | null>;
}

const MAIN = new URL('../main.ts', import.meta.url).pathname;
const START_MS_MAX = 20_000;

/** Starts the server on a free port with its data in `dataDir`. Throws with what it printed when it does not start. */
export async function startProcess(dataDir: string, ...options: string[]): Promise<TestProcess> {
  const child = spawn(process.execPath, [MAIN, '--port', '0', '--data', dataDir, ...options]);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += String(text)));
  await waitUntil(() => /Laci serves (\S+)/.test(output) || child.exitCode !== null);
  const origin = /Laci serves (\S+)/.exec(output)?.[1];
  if (!origin) throw new Error(`The server did not start:\n${output}`);
  const file = join(dataDir, 'enrol.json');
  const { codes } = JSON.parse(existsSync(file) ? readFileSync(file, 'utf8') : '{}') as Pick<TestProcess, 'codes'>;
  return { origin, codes, output: () => output, end: (signal) => end(child, signal) };
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | NodeJS.Signals | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode ?? child.signalCode);
  return new Promise((resolve) => {
    child.once('exit', (code, by) => resolve(code ?? by));
    child.kill(signal);
  });
}

async function waitUntil(check: () => boolean): Promise<void> {
  for (const end = Date.now() + START_MS_MAX; Date.now() < end && !check(); ) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
