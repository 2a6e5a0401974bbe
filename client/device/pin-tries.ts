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
  /** Takes in what other tabs counted. */
  refresh(person: PersonId): Promise<void>;
  /** Counts a try before it is known whether it is right; gives how many there are with it. */
  begin(person: PersonId): Promise<number>;
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
  /** From what is on disk: another tab of this device may have counted meanwhile. */
  const count = (person: PersonId, next: (failures: number) => number) =>
    vault.change('pinFailures', (now = {}) => {
      const failures = next(now[person] ?? 0);
      const { [person]: _, ...others } = now;
      return failures > 0 ? { ...others, [person]: failures } : others;
    });
  const onDisk = async (person: PersonId) => (await vault.get('pinFailures'))?.[person] ?? 0;
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
    refresh: async (person) => {
      const failures = await onDisk(person);
      if (failures === of(person).failures) return;
      begin(person, failures);
      run();
    },
    begin: async (person) => {
      const failures = (await count(person, (before) => before + 1))[person] ?? 0;
      set(person, { ...of(person), failures });
      return failures;
    },
    wrong: (person) => {
      begin(person, of(person).failures);
      run();
    },
    clear: async (person) => {
      if (of(person).failures === 0 && (await onDisk(person)) === 0) return;
      set(person, NONE);
      await count(person, () => 0);
    },
    load: async () => {
      state.set({});
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
