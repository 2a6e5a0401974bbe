import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from '../replay/free-port.ts';
import { type ServerProcess, startServer } from '../replay/server-process.ts';
import { type DatabaseLook, lookAtDatabase } from './look-at-database.ts';

/** A real server on one port and one folder, whose process can be killed and frozen, and comes back. */
export interface KillableServer {
  readonly port: number;
  readonly enrolment: unknown;
  readonly databaseFile: string;
  /** How long each start after a kill took until the server answered, in milliseconds. */
  readonly restartsMs: readonly number[];
  /** SIGKILL. Gives `judge` the file as it lies there, then starts the server again. */
  killAndRestart(judge: (look: DatabaseLook) => void): Promise<void>;
  /** SIGSTOP, and SIGCONT after `ms`. A kill meanwhile is stronger. */
  freeze(ms: number): Promise<void>;
  /** Ends the process in order, one that is only coming back as well; a kill after that brings none back. */
  stop(): Promise<void>;
}

export async function startKillableServer(folder: string, options: readonly string[]): Promise<KillableServer> {
  const port = await findFreePort();
  const restartsMs: number[] = [];
  let running: ServerProcess = await startServer(folder, options, port);
  const { enrolment, databaseFile } = running;
  let stopped = false;
  let restarting: Promise<unknown> = Promise.resolve();
  const restart = async () => {
    if (stopped) return;
    const begun = performance.now();
    running = await startServer(folder, options, port);
    restartsMs.push(Math.round(performance.now() - begun));
  };
  return {
    port,
    enrolment,
    databaseFile,
    restartsMs,
    killAndRestart: async (judge) => {
      await killHard(running);
      judge(lookAtDatabase(databaseFile));
      restarting = restart();
      await restarting;
    },
    freeze: async (ms) => {
      const { child } = running;
      child.kill('SIGSTOP');
      await sleep(ms);
      child.kill('SIGCONT');
    },
    stop: async () => {
      stopped = true;
      await restarting.catch(() => undefined);
      await running.stop();
    },
  };
}

async function killHard({ child, stop }: ServerProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
  await stop();
}
