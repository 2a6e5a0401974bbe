import { readCompanyDoc } from '../core/company-writer.ts';
import type { Core } from '../core/core.ts';
import { createOutgoing, type Post } from './deliver.ts';
import { fillOutbox, tellSilence } from './fill-outbox.ts';
import { postMessage } from './post-message.ts';

/** How often it is looked for what happened and what is due, in milliseconds. */
const LOOK_MS = 1_000;
/** How often it is looked for tills that fell silent, in milliseconds. */
const SILENCE_MS = 60_000;

export interface HookLoop {
  /** Breaks off what is under way; it is tried again by the next process. */
  close(): Promise<void>;
}

/** Tells webhooks what happens, as long as the server runs. `allowed` are the hosts that may be private and without HTTPS. */
export function startHookLoop(core: Core, allowed: ReadonlySet<string>): HookLoop {
  const stopping = new AbortController();
  const post: Post = (message) => postMessage(core.deps, message, allowed, stopping.signal);
  const outgoing = createOutgoing(core, post);
  let running: Promise<void> = Promise.resolve();
  let isBusy = false;
  /** One thing at a time; what is asked for meanwhile is done by the next look. */
  const run = (work: () => Promise<unknown>): void => {
    if (isBusy || stopping.signal.aborted || core.health.damage() !== null) return;
    isBusy = true;
    running = work()
      .then(
        () => undefined,
        (error: unknown) => core.deps.log.warn({ err: error }, 'webhooks could not be told'),
      )
      .finally(() => {
        isBusy = false;
      });
  };
  const startedAt = core.deps.now();
  const stops = [
    core.deps.every(LOOK_MS, () =>
      run(async () => {
        await fillOutbox(core);
        await outgoing.look();
      }),
    ),
    core.deps.every(SILENCE_MS, () =>
      run(async () => {
        const settings = await core.store.read((tx) => readCompanyDoc(tx, 'settings', 'settings'));
        // A server that was off has heard from nobody: that is its own silence.
        if (core.deps.now() - startedAt > (settings?.silentAfterMs ?? Number.POSITIVE_INFINITY))
          await tellSilence(core);
      }),
    ),
  ];
  return {
    close: async () => {
      for (const stop of stops) stop();
      stopping.abort();
      await running;
      await outgoing.idle();
    },
  };
}
