import type { DraftAnswer, DraftCall } from '../drafts/draft-call.ts';
import { createWorkerReader, type DraftWorker } from '../drafts/worker-reader.ts';
import type { Timers } from './device-deps.ts';

/** Drafts of a browser's device are read in a Web Worker of its own, which is loaded with the first of them. */
export function browserDrafts(timers: Timers) {
  return createWorkerReader(beginWorker, timers);
}

function beginWorker(): DraftWorker {
  const worker = new Worker(new URL('../drafts/draft-worker.ts', import.meta.url), { type: 'module' });
  return {
    post: (call: DraftCall) => worker.postMessage(call),
    listen: (onAnswer, onDeath) => {
      worker.onmessage = ({ data }: MessageEvent<DraftAnswer>) => onAnswer(data);
      worker.onerror = onDeath;
    },
    end: () => worker.terminate(),
  };
}
