import type { Timers } from '../device/device-deps.ts';
import type { DraftAnswer, DraftCall } from './draft-call.ts';
import type { DraftEngine, DraftEngineDeps } from './draft-engine.ts';
import { type OpenDraftReader, TooHeavy } from './draft-reader.ts';

/** A worker as the reader uses it. */
export interface DraftWorker {
  post(call: DraftCall): void;
  /** Hears every answer, and of the worker's death. */
  listen(onAnswer: (answer: DraftAnswer) => void, onDeath: () => void): void;
  end(): void;
}

/** A draft is read in milliseconds; what takes longer was made to. Loading the wasm on a slow tablet is in it too. */
export const READ_MS_MAX = 15_000;

/**
 * Reads drafts in a worker, which is begun with the first call. A call that takes too long ends the worker, and with it what it held;
 * the next call begins another, and drafts are read anew.
 */
export function createWorkerReader(begin: () => DraftWorker, timers: Timers): OpenDraftReader {
  return (deps) => {
    const line = createLine(begin, timers, deps);
    const call =
      <Method extends keyof DraftEngine>(method: Method) =>
      (...args: Parameters<DraftEngine[Method]>) =>
        line.call(method, args) as Promise<ReturnType<DraftEngine[Method]>>;
    return {
      read: call('read'),
      change: call('change'),
      whole: call('whole'),
      forget: call('forget'),
      close: line.end,
    };
  };
}

interface Waiting {
  readonly give: (value: unknown) => void;
  readonly fail: (error: Error) => void;
}

function createLine(begin: () => DraftWorker, timers: Timers, deps: DraftEngineDeps) {
  let worker: DraftWorker | null = null;
  let calls = 0;
  const waiting = new Map<number, Waiting>();
  const end = (why: Error) => {
    worker?.end();
    worker = null;
    for (const { fail } of waiting.values()) fail(why);
    waiting.clear();
  };
  const open = (): DraftWorker => {
    if (worker) return worker;
    const begun = begin();
    begun.listen(
      (answer) => {
        const caller = waiting.get(answer.n);
        waiting.delete(answer.n);
        if ('error' in answer) caller?.fail(new Error(answer.error));
        else caller?.give(answer.value);
      },
      () => worker === begun && end(new Error('Reading the cart failed.')),
    );
    begun.post({ type: 'open', deps });
    worker = begun;
    return begun;
  };
  return {
    end: () => end(new Error('The device was closed.')),
    call: (method: keyof DraftEngine, args: readonly unknown[]): Promise<unknown> => {
      const { promise, resolve: give, reject: fail } = Promise.withResolvers<unknown>();
      calls += 1;
      const n = calls;
      waiting.set(n, { give, fail });
      const cancel = timers.after(
        READ_MS_MAX,
        () => waiting.has(n) && end(new TooHeavy('Reading the cart took too long.')),
      );
      open().post({ type: 'call', n, method, args });
      return promise.finally(cancel);
    },
  };
}
