import type { Clock } from './deps.ts';

/** A till is locked after five minutes where the shop's settings say nothing. */
export const LOCK_AFTER_MS = 5 * 60 * 1000;
/** How often it is looked whether it is time, in milliseconds. */
const LOOK_MS = 5_000;

export interface IdleLockDeps {
  readonly clock: Clock;
  /** How long nobody may touch the device, in milliseconds; 0 for ever. */
  readonly afterMs: () => number;
  /** True while somebody pays. */
  readonly isBusy: () => boolean;
  readonly lock: () => void;
}

export interface IdleLock {
  /** Somebody touched the device. */
  touched(): void;
  stop(): void;
}

/**
 * Locks a device that nobody touches. The time counts by looks, and by the clock: a laptop that slept over night locks when it wakes, and a
 * clock that is set back gives nobody more time.
 */
export function createIdleLock({ clock, afterMs, isBusy, lock }: IdleLockDeps): IdleLock {
  let touchedAt = clock.now();
  let looks = 0;
  const stop = clock.every(LOOK_MS, () => {
    looks += 1;
    const idleMs = Math.max(looks * LOOK_MS, clock.now() - touchedAt);
    if (afterMs() > 0 && idleMs >= afterMs() && !isBusy()) lock();
  });
  return {
    touched: () => {
      looks = 0;
      touchedAt = clock.now();
    },
    stop,
  };
}
