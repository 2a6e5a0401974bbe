import { expect, test } from 'vitest';
import { createActivity } from './activity.ts';
import { createLive } from './live.ts';
import { createMemoryLock } from './memory-lock.ts';

test('[TAB1] a tab whose disk fails while it begins gives the lock back, and can try again', async () => {
  const lock = createMemoryLock();
  const active = createLive(false);
  let broken = true;
  let ended = 0;
  const activity = createActivity({
    lock,
    lockName: 'x',
    timers: { after: () => () => undefined },
    active,
    settled: async () => undefined,
    begin: async () => {
      if (broken) throw new Error('The disk failed.');
    },
    end: async () => {
      ended += 1;
    },
  });
  await expect(activity.claim({ steal: false })).rejects.toThrow('disk');
  expect(active.get()).toBe(false);
  const other = await lock.acquire('x', { steal: false });
  expect(other).not.toBeNull();
  await other?.release();
  broken = false;
  await activity.claim({ steal: false });
  expect([active.get(), ended]).toEqual([true, 1]);
});
