import type { DeviceLock, HeldLock, Timers } from './device-deps.ts';

/** How long a tab that takes over waits for what the other one was writing, in milliseconds. One that is frozen never gets there. */
export const LAST_WRITER_MS_MAX = 2_000;
/** How often it looks, in milliseconds. */
const LOOK_EVERY_MS = 20;

/** The name of the lock of a device's writer, beside that of the device. */
export function writingLockName(lockName: string): string {
  return `${lockName}-writing`;
}

/**
 * The lock that a tab holds as long as it may be writing an entry: a little longer than it is the active one. Who takes over reads the
 * journal when it has this, and so knows of the sale that was being paid. It is taken from a tab that does not give it up in time.
 */
export async function awaitLastWriter(deps: {
  readonly lock: DeviceLock;
  readonly lockName: string;
  readonly timers: Timers;
}): Promise<HeldLock | null> {
  const name = writingLockName(deps.lockName);
  for (let waited = 0; waited < LAST_WRITER_MS_MAX; waited += LOOK_EVERY_MS) {
    const held = await deps.lock.acquire(name, { steal: false });
    if (held !== null) return held;
    await new Promise<void>((resolve) => deps.timers.after(LOOK_EVERY_MS, resolve));
  }
  return deps.lock.acquire(name, { steal: true });
}
