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

/** A draft is read in milliseconds; what takes so much longer was made to. */
export const READ_MS_MAX = 15_000;
/** The first call waits for three megabytes of wasm, on a slow tablet with a full cache. */
export const LOAD_MS_MAX = 120_000;

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
  /** From now on its time runs. */
  readonly begin: () => void;
}

function createLine(begin: () => DraftWorker, timers: Timers, deps: DraftEngineDeps) {
  let worker: DraftWorker | null = null;
  let calls = 0;
  let isLoaded = false;
  const waiting = new Map<number, Waiting>();
  const end = (why: Error) => {
    worker?.end();
    worker = null;
    isLoaded = false;
    for (const { fail } of waiting.values()) fail(why);
    waiting.clear();
  };
  const open = (): DraftWorker => {
    if (worker) return worker;
    const begun = begin();
    begun.listen(
      (answer) => {
        if ('ready' in answer) {
          isLoaded = true;
          for (const { begin: start } of waiting.values()) start();
          return;
        }
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
      let cancel = timers.after(LOAD_MS_MAX, () => end(new Error('What reads carts was not loaded.')));
      const begin = () => {
        cancel();
        cancel = timers.after(READ_MS_MAX, () => end(new TooHeavy('Reading the cart took too long.')));
      };
      waiting.set(n, { give, fail, begin });
      if (isLoaded) begin();
      open().post({ type: 'call', n, method, args });
      return promise.finally(() => cancel());
    },
  };
}
