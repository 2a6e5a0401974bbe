import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SERVER_NODE_OPTIONS, serverEnvironment } from '../setup/server-options.mjs';
import { findFreePort } from './free-port.ts';

/** A real server in a process of its own. */
export interface ServerProcess {
  readonly origin: string;
  /** One-time codes of the first devices, as the server wrote them. */
  readonly enrolment: unknown;
  readonly databaseFile: string;
  /** From the start of the process until it answered, in milliseconds. */
  readonly startMs: number;
  /** For those who stop, kill or freeze it. */
  readonly child: ChildProcess;
  /** Ends the process in order, by force after {@link STOP_MS_MAX}. */
  stop(): Promise<void>;
}

/** A catalogue of 100,000 products is taken in meanwhile, on a machine that has much else to do. */
const START_MS_MAX = 900_000;
const STOP_MS_MAX = 10_000;
const LOOK_EVERY_MS = 50;
const LOG_CHARACTERS_SHOWN = 2_000;
const SERVER_MAIN = new URL('../../server/main.ts', import.meta.url).pathname;

/**
 * Starts a server with its data in `folder`, on a free port unless one is named, and waits until it answers. Throws with its log
 * when it does not.
 */
export async function startServer(folder: string, options: readonly string[], asked?: number): Promise<ServerProcess> {
  const port = asked ?? (await findFreePort());
  const [data, enrolFile, logFile] = [join(folder, 'data'), join(folder, 'enrol.json'), join(folder, 'server.log')];
  const log = openSync(logFile, 'w');
  const places = ['--port', String(port), '--data', data, '--enrol-file', enrolFile];
  const begun = performance.now();
  const args = [...SERVER_NODE_OPTIONS, SERVER_MAIN, ...places, ...options];
  const child = spawn(process.execPath, args, { env: serverEnvironment(process.env), stdio: ['ignore', log, log] });
  closeSync(log);
  const killWithUs = () => child.kill('SIGKILL');
  process.once('exit', killWithUs);
  const origin = `http://127.0.0.1:${port}`;
  const started = await waitUntilUp(child, origin, enrolFile);
  if (!started) {
    child.kill('SIGKILL');
    const within = `within ${Math.round((performance.now() - begun) / 1_000)} s`;
    throw new Error(
      `The server did not start ${within}:\n${readFileSync(logFile, 'utf8').slice(-LOG_CHARACTERS_SHOWN)}`,
    );
  }
  const startMs = Math.round(performance.now() - begun);
  const stop = async () => {
    await stopProcess(child);
    process.off('exit', killWithUs);
  };
  const enrolment: unknown = JSON.parse(readFileSync(enrolFile, 'utf8'));
  return { origin, enrolment, databaseFile: join(data, 'laci.db'), startMs, child, stop };
}

async function waitUntilUp(child: ChildProcess, origin: string, enrolFile: string): Promise<boolean> {
  const until = Date.now() + START_MS_MAX;
  while (child.exitCode === null && child.signalCode === null && Date.now() < until) {
    const answers = await fetch(`${origin}/health`).then(
      (response) => response.status < 500,
      () => false,
    );
    if (answers && existsSync(enrolFile)) return true;
    await sleep(LOOK_EVERY_MS);
  }
  return false;
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), STOP_MS_MAX);
  await gone;
  clearTimeout(force);
}
