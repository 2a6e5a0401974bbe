import type { Cancel, Random, Timers } from '../device/device-deps.ts';
import { backoffMs } from './backoff.ts';

/*
 *            ask               done
 *   idle ───────────▶ busy ───────────▶ idle
 *                      │ ▲ ask            (asked again while busy: once more at once)
 *               failed │ │ due, hurry
 *                      ▼ │
 *                    waiting              stop: from everywhere, for good
 *
 *   throttled, from busy: the server asked for a pause. Only its end leads out, nothing that hurries.
 */

export type ErrandState = 'idle' | 'busy' | 'busy-again' | 'waiting' | 'throttled' | 'stopped';
export type ErrandEvent = 'ask' | 'hurry' | 'done' | 'failed' | 'throttle' | 'due' | 'stop';

/** Where every event leads from every state. */
export const ERRAND_TABLE: Readonly<Record<ErrandState, Readonly<Record<ErrandEvent, ErrandState>>>> = {
  idle: {
    ask: 'busy',
    hurry: 'busy',
    done: 'idle',
    failed: 'idle',
    throttle: 'idle',
    due: 'idle',
    stop: 'stopped',
  },
  busy: {
    ask: 'busy-again',
    hurry: 'busy-again',
    done: 'idle',
    failed: 'waiting',
    throttle: 'throttled',
    due: 'busy',
    stop: 'stopped',
  },
  'busy-again': {
    ask: 'busy-again',
    hurry: 'busy-again',
    done: 'busy',
    failed: 'waiting',
    throttle: 'throttled',
    due: 'busy-again',
    stop: 'stopped',
  },
  waiting: {
    ask: 'waiting',
    hurry: 'busy',
    done: 'waiting',
    failed: 'waiting',
    throttle: 'waiting',
    due: 'busy',
    stop: 'stopped',
  },
  throttled: {
    ask: 'throttled',
    hurry: 'throttled',
    done: 'throttled',
    failed: 'throttled',
    throttle: 'throttled',
    due: 'busy',
    stop: 'stopped',
  },
  stopped: {
    ask: 'stopped',
    hurry: 'stopped',
    done: 'stopped',
    failed: 'stopped',
    throttle: 'stopped',
    due: 'stopped',
    stop: 'stopped',
  },
};

/** How a try ended. `notBeforeMs` is what the server asked to wait at least. */
export type Tried = { readonly done: true } | { readonly done: false; readonly notBeforeMs?: number };

/** Something that is tried until it is done, one try at a time. */
export interface Errand {
  /** There is something to do. While it waits to try again, it goes on waiting. */
  ask(): void;
  /** The same, at once: the network came back, or a person asked. The pauses begin short again. */
  hurry(): void;
  state(): ErrandState;
  /** Ends it; resolves when no try is under way any more. */
  stop(): Promise<void>;
}

/** Never gives up: after a failure it waits (see {@link backoffMs}) and tries again. A try must not reject. */
export function createErrand(
  { timers, random }: { readonly timers: Timers; readonly random: Random },
  attempt: () => Promise<Tried>,
): Errand {
  let state: ErrandState = 'idle';
  let failures = 0;
  let running: Promise<void> = Promise.resolve();
  let cancelTimer: Cancel = () => undefined;

  const wait = (notBeforeMs: number) => {
    const pauseMs = Math.max(notBeforeMs, backoffMs(failures, random.number()));
    failures += 1;
    cancelTimer = timers.after(pauseMs, () => step('due'));
  };
  const run = async () => {
    const tried = await attempt();
    if (tried.done) failures = 0;
    if (tried.done) return step('done');
    return step(tried.notBeforeMs ? 'throttle' : 'failed', tried.notBeforeMs);
  };
  const step = (event: ErrandEvent, notBeforeMs = 0) => {
    const before = state;
    state = ERRAND_TABLE[before][event];
    if (state === before) return;
    if (pauses(before)) cancelTimer();
    if (pauses(state)) wait(notBeforeMs);
    if (state === 'busy') running = run();
  };
  return {
    state: () => state,
    ask: () => step('ask'),
    hurry: () => {
      failures = 0;
      step('hurry');
    },
    stop: () => {
      step('stop');
      return running;
    },
  };
}

function pauses(state: ErrandState): boolean {
  return state === 'waiting' || state === 'throttled';
}

/** An errand whose tries may reject, e.g. because the disk fails: that is told, and tried again like any failure. */
export function createGuardedErrand(
  world: { readonly timers: Timers; readonly random: Random },
  attempt: () => Promise<Tried>,
  onError: (text: string) => void,
): Errand {
  return createErrand(world, () =>
    attempt().catch((error: unknown): Tried => {
      onError(String(error));
      return { done: false };
    }),
  );
}
