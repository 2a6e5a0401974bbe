import type { DeviceLock, HeldLock } from '../../client/device/device-deps.ts';
import type { Tab } from './tab.ts';

/** A device's lock as one of its tabs sees it: given back when the tab ends, and a frozen tab hears of its loss when it thaws. */
export function tabLock(lock: DeviceLock, tab: Tab): DeviceLock {
  return {
    acquire: async (name, options) => {
      await tab.gate();
      const held = await lock.acquire(name, options);
      return held && ofTab(held, tab);
    },
  };
}

function ofTab(held: HeldLock, tab: Tab): HeldLock {
  tab.onKilled(() => void held.release());
  return { lost: held.lost.then(() => tab.gate()), release: held.release };
}
