import type { DeviceLock, HeldLock } from './device-deps.ts';
import { writingLockName } from './last-writer.ts';

/** Locks that were asked for before anybody knew what for. */
export interface LockAhead extends DeviceLock {
  /** The device's, once its writer's is given too: from then on no other tab writes, unless it takes this one away. Null where one of them is not. */
  readonly given: Promise<HeldLock | null>;
  /** Gives back what nobody took. */
  letGo(): Promise<void>;
}

/**
 * Asks for a device's lock, and behind it for its writer's, at once: the browser takes its time, and meanwhile the disk is opened. Whoever
 * first asks for one of them is given that answer. Nothing is taken from another tab.
 */
export function lockAhead(lock: DeviceLock, lockName: string): LockAhead {
  const own = lock.acquire(lockName, { steal: false });
  const writing = own.then((held) => held && lock.acquire(writingLockName(lockName), { steal: false }));
  const asked = new Map<string, Promise<HeldLock | null>>([
    [lockName, own],
    [writingLockName(lockName), writing],
  ]);
  // Whoever takes one is told.
  for (const answer of asked.values()) answer.catch(() => undefined);
  const take = (name: string) => {
    const answer = asked.get(name);
    asked.delete(name);
    return answer;
  };
  return {
    given: writing.then((held) => held && own).catch(() => null),
    acquire: async (name, options) => (await (options.steal ? null : take(name))) ?? lock.acquire(name, options),
    letGo: async () => {
      for (const name of [...asked.keys()]) await (await take(name)?.catch(() => null))?.release();
    },
  };
}
