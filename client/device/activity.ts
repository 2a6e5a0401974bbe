import type { DeviceLock, HeldLock } from './device-deps.ts';
import type { LiveCell } from './live.ts';

export interface ActivityDeps {
  readonly lock: DeviceLock;
  readonly lockName: string;
  readonly active: LiveCell<boolean>;
  /** This tab writes from now on. */
  readonly begin: () => Promise<void>;
  /** It does no longer. Must not fail because another tab is writing already. */
  readonly end: () => Promise<void>;
}

/** One tab of a device is active: it writes and replicates. The others only read. */
export interface Activity {
  /** Makes this tab the active one, if no other is or if it may `steal`. Resolves when it can write, or will not. */
  claim(options: { readonly steal: boolean }): Promise<void>;
  /** Another tab was found writing: this one gives way. */
  giveWay(): void;
  stop(): Promise<void>;
}

export function createActivity({ lock, lockName, active, begin, end }: ActivityDeps): Activity {
  let held: HeldLock | null = null;
  let ending: Promise<void> = Promise.resolve();
  const letGo = (): Promise<void> => {
    if (held === null) return ending;
    held.release();
    held = null;
    active.set(false);
    ending = end();
    return ending;
  };
  return {
    claim: async (options) => {
      if (held !== null) return;
      await ending;
      const taken = await lock.acquire(lockName, options);
      if (taken === null) return;
      held = taken;
      void taken.lost.then(async () => {
        if (held === taken) await letGo();
      });
      await begin();
      active.set(held === taken);
    },
    giveWay: () => void letGo(),
    stop: letGo,
  };
}
