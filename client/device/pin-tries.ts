import type { PersonId } from '../../schema/ids.ts';
import { isPinLocked, pinDelayMs } from '../../schema/pin.ts';
import type { Vault } from '../store/vault.ts';
import type { Cancel, Timers } from './device-deps.ts';
import { createLive, type Live } from './live.ts';

/** One person's wrong tries in a row. */
export interface Tries {
  readonly failures: number;
  /** Until the next try, in milliseconds. */
  readonly waitMs: number;
}
const NONE: Tries = { failures: 0, waitMs: 0 };
/** Waits run by so much at a time. */
const TICK_MS = 1_000;

/**
 * Counts wrong PINs per person, on disk before each is tried, so that no reload forgets one. Waits run by timers while the device is
 * awake, and whole again from a restart: no clock shortens them.
 */
export interface PinTries {
  readonly state: Live<Readonly<Record<string, Tries>>>;
  of(person: PersonId): Tries;
  /** Counts a try before it is known whether it is right. */
  begin(person: PersonId): Promise<void>;
  /** The try was wrong: the wait begins. */
  wrong(person: PersonId): void;
  /** The try was right, a manager unlocked, or there is a new PIN. */
  clear(person: PersonId): Promise<void>;
  load(): Promise<void>;
  stop(): void;
}

export function createPinTries(vault: Vault, timers: Timers): PinTries {
  const state = createLive<Readonly<Record<string, Tries>>>({});
  let cancel: Cancel | null = null;
  const of = (person: string) => state.get()[person] ?? NONE;
  const set = (person: string, tries: Tries) => state.set({ ...state.get(), [person]: tries });
  const keep = () => {
    const failed = Object.entries(state.get()).filter(([, { failures }]) => failures > 0);
    return vault.put('pinFailures', Object.fromEntries(failed.map(([person, { failures }]) => [person, failures])));
  };
  const run = () => {
    if (cancel !== null || Object.values(state.get()).every(({ waitMs }) => waitMs === 0)) return;
    cancel = timers.after(TICK_MS, () => {
      cancel = null;
      for (const [person, { failures, waitMs }] of Object.entries(state.get()))
        if (waitMs > 0) set(person, { failures, waitMs: Math.max(0, waitMs - TICK_MS) });
      run();
    });
  };
  const begin = (person: string, failures: number) => set(person, { failures, waitMs: waitAfter(failures) });
  return {
    state,
    of,
    begin: (person) => {
      set(person, { ...of(person), failures: of(person).failures + 1 });
      return keep();
    },
    wrong: (person) => {
      begin(person, of(person).failures);
      run();
    },
    clear: (person) => {
      if (of(person).failures === 0) return Promise.resolve();
      set(person, NONE);
      return keep();
    },
    load: async () => {
      for (const [person, failures] of Object.entries((await vault.get('pinFailures')) ?? {})) begin(person, failures);
      run();
    },
    stop: () => cancel?.(),
  };
}

/** Whoever is locked out waits for a manager, and for no time. */
function waitAfter(failures: number): number {
  return isPinLocked(failures) ? 0 : pinDelayMs(failures);
}
