import type { Timers } from '../device/device-deps.ts';

/** Timers that run when a test or a simulator says so. */
export interface ManualTimers extends Timers {
  /** Time now, in milliseconds since the beginning. */
  now(): number;
  /** Lets so many milliseconds pass; what is due runs in the order it is due. */
  pass(ms: number): void;
  /** How many timers wait. */
  waiting(): number;
}

export function createManualTimers(): ManualTimers {
  let now = 0;
  let order = 0;
  const due = new Map<number, { readonly at: number; readonly act: () => void }>();
  const next = (until: number) =>
    [...due].filter(([, { at }]) => at <= until).sort(([left, a], [right, b]) => a.at - b.at || left - right)[0];
  return {
    now: () => now,
    waiting: () => due.size,
    after: (ms, act) => {
      order += 1;
      const key = order;
      due.set(key, { at: now + ms, act });
      return () => due.delete(key);
    },
    pass: (ms) => {
      const until = now + ms;
      for (let timer = next(until); timer; timer = next(until)) {
        due.delete(timer[0]);
        now = timer[1].at;
        timer[1].act();
      }
      now = until;
    },
  };
}
