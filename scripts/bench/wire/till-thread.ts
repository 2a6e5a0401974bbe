import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { TillAnswer, TillJob, TillRequest } from './till-messages.ts';

/** One till with the whole client, in a thread of its own. */
export interface TillThread {
  /** One at a time. Throws when the till failed. */
  ask(request: TillRequest): Promise<unknown>;
  close(): Promise<void>;
}

export function startTillThread(job: TillJob): TillThread {
  const worker = new Worker(new URL('./till-worker.ts', import.meta.url), { workerData: job });
  const ask = async (request: TillRequest): Promise<unknown> => {
    worker.postMessage(request);
    const [answer] = (await once(worker, 'message')) as [TillAnswer];
    if (answer.failed !== undefined) throw new Error(answer.failed);
    return answer.value;
  };
  return {
    ask,
    close: async () => {
      await ask({ ask: 'close' });
      await worker.terminate();
    },
  };
}
