import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { SeedOutcome } from './run-seed.ts';
import type { SeedJob } from './worker.ts';

/** More young memory, because a world makes much that is soon gone (in MiB); and no second thread that clears it, as each core has its worker. */
const YOUNG_MEMORY = ['--min-semi-space-size=64', '--max-semi-space-size=128', '--single-threaded-gc'];

/** Processes that play seeds, each on a core of its own. */
export interface Pool {
  play(job: SeedJob): Promise<SeedOutcome>;
  close(): void;
}

interface Worker {
  readonly process: ChildProcess;
  busy: boolean;
}

interface Waiting {
  readonly job: SeedJob;
  readonly resolve: (outcome: SeedOutcome) => void;
  readonly reject: (error: Error) => void;
}

/** `plant` is planted in all of them. */
export function openPool(plant: string | null, size = availableParallelism()): Pool {
  const waiting: Waiting[] = [];
  const workers = Array.from({ length: size }, () => startWorker(plant));
  const assign = () => {
    for (const worker of workers) {
      const next = worker.busy ? undefined : waiting.shift();
      if (next) void give(worker, next).then(assign);
    }
  };
  return {
    play: (job) =>
      new Promise((resolve, reject) => {
        waiting.push({ job, resolve, reject });
        assign();
      }),
    close: () => {
      for (const { process } of workers) process.kill();
    },
  };
}

function startWorker(plant: string | null): Worker {
  const file = fileURLToPath(new URL('worker.ts', import.meta.url));
  const child = fork(file, plant === null ? [] : [plant], { execArgv: YOUNG_MEMORY, serialization: 'advanced' });
  const worker: Worker = { process: child, busy: false };
  return worker;
}

type Answer = SeedOutcome | { readonly seed: number; readonly failed: string } | { readonly ready: true };

/** Hands a worker one job, and waits for what comes of it. */
function give(worker: Worker, { job, resolve, reject }: Waiting): Promise<void> {
  worker.busy = true;
  return new Promise((done) => {
    const end = () => {
      worker.process.off('message', hear);
      worker.process.off('exit', die);
      worker.busy = false;
      done();
    };
    const hear = (answer: Answer) => {
      if ('ready' in answer) return;
      end();
      if ('failed' in answer) reject(new Error(`Seed ${answer.seed}: ${answer.failed}`));
      else resolve(answer);
    };
    const die = (code: number | null) => {
      end();
      reject(new Error(`A worker ended with ${code} at seed ${job.seed}.`));
    };
    worker.process.on('message', hear);
    worker.process.on('exit', die);
    worker.process.send(job);
  });
}
