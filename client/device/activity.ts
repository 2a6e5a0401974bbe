import { createMutex } from '../store/mutex.ts';
import type { DeviceLock, HeldLock, Timers } from './device-deps.ts';
import { awaitLastWriter } from './last-writer.ts';
import type { LiveCell } from './live.ts';

export interface ActivityDeps {
  readonly lock: DeviceLock;
  readonly timers: Timers;
  readonly lockName: string;
  readonly active: LiveCell<boolean>;
  /** This tab writes from now on. What the one before it was writing is on disk. */
  readonly begin: () => Promise<void>;
  /** Resolves when what this tab was writing is on disk. */
  readonly settled: () => Promise<void>;
  /** It does no longer. Must not fail because another tab is writing already. */
  readonly end: () => Promise<void>;
}

/** One tab of a device is active: it writes and replicates. The others only read. */
export interface Activity {
  /** Makes this tab the active one, if no other is or if it may `steal`. Resolves when it can write, or will not. */
  claim(options: { readonly steal: boolean }): Promise<void>;
  /** Another tab was found writing: this one goes on only if the lock is still its own. */
  confirm(): Promise<void>;
  stop(): Promise<void>;
}

export function createActivity(deps: ActivityDeps): Activity {
  const { lock, lockName, active } = deps;
  const inTurn = createMutex();
  let held: HeldLock | null = null;
  let writing: HeldLock | null = null;
  let begun: Promise<void> = Promise.resolve();
  let ending: Promise<void> = Promise.resolve();
  const letGo = (): Promise<void> => {
    if (held === null) return ending;
    const released = held.release();
    held = null;
    active.set(false);
    // What is taken away while it begins ends when it has begun, or it would go on beside the other tab.
    const written = giveUpWriting();
    ending = begun
      .then(deps.end)
      .then(() => written)
      .then(() => released);
    return ending;
  };
  const giveUpWriting = async () => {
    await deps.settled();
    await writing?.release();
  };
  const begin = async () => {
    writing = await awaitLastWriter(deps);
    // Taken away meanwhile.
    if (held === null) await writing?.release();
    else await deps.begin();
  };
  const keep = (taken: HeldLock) => {
    held = taken;
    void taken.lost.then(async () => {
      if (held === taken) await letGo();
    });
  };
  const claim = async (options: { readonly steal: boolean }): Promise<void> => {
    if (held !== null) return;
    await ending;
    const taken = await lock.acquire(lockName, options);
    if (taken === null) return;
    keep(taken);
    const beginning = begin();
    begun = beginning.catch(() => undefined);
    try {
      await beginning;
    } catch (error) {
      // Not kept by a tab that cannot write: another one, or another try, may.
      if (held === taken) await letGo();
      throw error;
    }
    active.set(held === taken);
  };
  const confirm = async (): Promise<void> => {
    const before = held;
    if (before === null) return;
    // Whoever was robbed of the lock while frozen cannot get it again; who still had it gets it when it is free.
    await before.release();
    const again = await lock.acquire(lockName, { steal: false });
    if (held !== before) await again?.release();
    else if (again === null) await letGo();
    else keep(again);
  };
  return {
    claim: (options) => inTurn(() => claim(options)),
    confirm: () => inTurn(confirm),
    stop: letGo,
  };
}
