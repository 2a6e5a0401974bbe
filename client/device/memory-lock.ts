import type { DeviceLock, HeldLock } from './device-deps.ts';

/** Locks among the devices of one process, as Web Locks behave among tabs: for replays and tests. */
export function createMemoryLock(): DeviceLock {
  const holders = new Map<string, { lose: () => void }>();
  return {
    acquire: async (name, { steal }) => {
      const holder = holders.get(name);
      if (holder && !steal) return null;
      holder?.lose();
      return take(name, holders);
    },
  };
}

function take(name: string, holders: Map<string, { lose: () => void }>): HeldLock {
  let lose = () => {};
  const lost = new Promise<void>((settle) => {
    lose = settle;
  });
  const me = { lose };
  holders.set(name, me);
  return { lost, release: async () => void (holders.get(name) === me && holders.delete(name)) };
}
