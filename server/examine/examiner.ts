import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import { type PushBeside, separateRows } from './read-bytes.ts';

/** Reads large pushes beside the thread that serves everybody. */
export interface Examiner {
  /**
   * As `readBytes`; null too where the thread failed: whoever asked reads for himself. Bytes in shared memory are not copied for it, and become the
   * rows. Never rejects.
   */
  read(bytes: Uint8Array): Promise<PushBeside | null>;
  close(): Promise<void>;
}

export interface Asked {
  readonly ask: number;
  readonly bytes: Uint8Array;
}

export interface Told {
  readonly ask: number;
  readonly push: PushBeside | null;
}

/** Megabytes of the thread's heap: what was just made is looked at soon, and one that wants much more is ended. */
const LIMITS = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 64 };

const WORKER = new URL('./examine-worker.ts', import.meta.url);

/**
 * One thread, begun with the first push; one that fails is told in the log, and the next push begins another. How many pushes wait for it is bounded
 * by those who ask: the gate lets so many into the house.
 */
export function createExaminer(log: Pick<Logger, 'error'>, script: URL = WORKER): Examiner {
  const waiting = new Map<number, (push: PushBeside | null) => void>();
  let worker: Worker | null = null;
  let asks = 0;
  const tell = ({ ask, push }: Told): void => {
    if (push) separateRows(push);
    waiting.get(ask)?.(push);
    waiting.delete(ask);
  };
  const lose = (gone: Worker): void => {
    if (worker !== gone) return;
    worker = null;
    for (const ask of [...waiting.keys()]) tell({ ask, push: null });
  };
  const begin = (): Worker => {
    const begun = new Worker(script, { resourceLimits: LIMITS });
    begun.on('message', tell);
    begun.on('error', (error) => {
      log.error({ err: error }, 'the thread that reads pushes failed; they are read without it');
      lose(begun);
    });
    // What it told cannot be taken over, and not known is whom it was for.
    begun.on('messageerror', (error) => {
      log.error({ err: error }, 'the thread that reads pushes told what cannot be read; they are read without it');
      lose(begun);
      void begun.terminate();
    });
    begun.on('exit', () => lose(begun));
    begun.unref();
    return begun;
  };
  return {
    read: (bytes) =>
      new Promise((resolve) => {
        worker ??= begin();
        asks += 1;
        waiting.set(asks, resolve);
        worker.postMessage({ ask: asks, bytes } satisfies Asked);
      }),
    close: async () => {
      await worker?.terminate();
    },
  };
}
