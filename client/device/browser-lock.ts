import type { DeviceLock, HeldLock } from './device-deps.ts';

/** One active tab per device, by the browser's Web Locks. A lock ends with its tab, however the tab ends. */
export function createBrowserLock(locks: LockManager): DeviceLock {
  return {
    acquire: (name, { steal }) =>
      new Promise((resolve, reject) => {
        let lose = () => {};
        const lost = new Promise<void>((settle) => {
          lose = settle;
        });
        const over: Promise<void> = locks
          .request(name, steal ? { steal: true } : { ifAvailable: true }, (lock) =>
            lock ? hold(lost, () => over, resolve) : resolve(null),
          )
          // The request rejects with AbortError when another tab steals the lock: that is how this tab learns of it.
          .then(
            () => undefined,
            (error: unknown) => (error instanceof DOMException && error.name === 'AbortError' ? lose() : reject(error)),
          );
      }),
  };
}

/**
 * Keeps the lock until it is released, by giving the browser a promise that settles only then. The browser takes the lock back
 * a little later, which is `over`.
 */
function hold(lost: Promise<void>, over: () => Promise<void>, resolve: (held: HeldLock) => void): Promise<void> {
  return new Promise((letGo) => {
    const release = () => {
      letGo();
      return over();
    };
    resolve({ lost, release });
  });
}
