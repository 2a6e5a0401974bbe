import { describe, expect, test } from 'vitest';
import { createManualTimers } from '../sync/manual-timers.ts';
import { type ActivityDeps, createActivity } from './activity.ts';
import { createBrowserLock } from './browser-lock.ts';
import type { DeviceLock, Timers } from './device-deps.ts';
import { LAST_WRITER_MS_MAX } from './last-writer.ts';
import { createLive } from './live.ts';
import { createMemoryLock } from './memory-lock.ts';

/** Node has Web Locks from 24.5 on; older ones prove the memory's alone, and the browser tests prove the rest. */
const webLocks = (navigator as Partial<Pick<Navigator, 'locks'>>).locks;
const locks: [string, () => DeviceLock][] = [
  ['the locks of one process', createMemoryLock],
  ...(webLocks ? [['the Web Locks', () => createBrowserLock(webLocks)] satisfies [string, () => DeviceLock]] : []),
];
let names = 0;

describe.each(locks)('%s', (_name, create) => {
  const open = () => {
    names += 1;
    return { lock: create(), name: `device-${names}` };
  };

  test('[TAB1] one holder at a time; after its release the next', async () => {
    const { lock, name } = open();
    const held = await lock.acquire(name, { steal: false });
    expect(await lock.acquire(name, { steal: false })).toBeNull();
    expect(await lock.acquire(`${name}-other`, { steal: false })).not.toBeNull();
    await held?.release();
    expect(await lock.acquire(name, { steal: false })).not.toBeNull();
  });

  test('[TAB1] who steals gets it, and the former holder hears of it', async () => {
    const { lock, name } = open();
    const first = await lock.acquire(name, { steal: false });
    const second = await lock.acquire(name, { steal: true });
    await first?.lost;
    await first?.release();
    expect(await lock.acquire(name, { steal: false })).toBeNull();
    await second?.release();
  });

  test('[F29] [TAB1] who still has it keeps it when another one’s entry was found, twice at once too', async () => {
    const { lock, name } = open();
    const active = createLive(false);
    const nothing = async () => undefined;
    const acts = { begin: nothing, settled: nothing, end: nothing };
    const tab = createActivity({ lock, lockName: name, timers, active, ...acts });
    await tab.claim({ steal: false });
    await Promise.all([tab.confirm(), tab.confirm()]);
    expect(active.get()).toBe(true);
    expect(await lock.acquire(name, { steal: false })).toBeNull();
    await tab.stop();
  });
});

const timers: Timers = {
  after: (ms, act) => {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
};

/** A tab of a device on a lock that all tabs share. */
function openTab(lock: DeviceLock, more: Partial<ActivityDeps> = {}) {
  const active = createLive(false);
  const said: string[] = [];
  const say = (what: string) => async () => {
    said.push(what);
  };
  return {
    active,
    said,
    ...createActivity({
      ...{ lock, lockName: 'device', timers, active, settled: async () => undefined },
      ...{ begin: say('begin'), end: say('end'), ...more },
    }),
  };
}

test('[TAB1] the tab that takes over begins after the other one has ended', async () => {
  const lock = createMemoryLock();
  const [first, second] = [openTab(lock), openTab(lock)];
  await first.claim({ steal: false });
  await second.claim({ steal: false });
  expect([first.active.get(), second.active.get()]).toEqual([true, false]);
  await second.claim({ steal: true });
  await expect.poll(() => first.active.get(), { timeout: 10_000 }).toBe(false);
  expect([first.said, second.said]).toEqual([['begin', 'end'], ['begin']]);
  await first.claim({ steal: true });
  expect(first.active.get()).toBe(true);
});

test('[TAB3] who takes over begins when the entry that was being written is on disk', async () => {
  const lock = createMemoryLock();
  const { promise: settled, resolve: onDisk } = Promise.withResolvers<void>();
  const first = openTab(lock, { settled: () => settled });
  await first.claim({ steal: false });
  const second = openTab(lock);
  const claimed = second.claim({ steal: true });
  await expect.poll(() => first.active.get(), { timeout: 10_000 }).toBe(false);
  expect([second.said, second.active.get()]).toEqual([[], false]);
  onDisk();
  await claimed;
  expect([second.said, second.active.get()]).toEqual([['begin'], true]);
});

test('[TAB3] for a tab that never gets there nobody waits longer than a moment', async () => {
  const lock = createMemoryLock();
  const manual = createManualTimers();
  const frozen = openTab(lock, { settled: () => new Promise(() => undefined) });
  await frozen.claim({ steal: false });
  const second = openTab(lock, { timers: manual });
  const claimed = second.claim({ steal: true });
  for (let waited = 0; waited < LAST_WRITER_MS_MAX && !second.active.get(); waited += 1) {
    await new Promise(setImmediate);
    manual.pass(1);
  }
  await claimed;
  expect([second.said, second.active.get()]).toEqual([['begin'], true]);
});

test('[TAB1] a tab that is taken over while it still begins ends when it has begun', async () => {
  const lock = createMemoryLock();
  const { promise: loaded, resolve: load } = Promise.withResolvers<void>();
  const active = createLive(false);
  const said: string[] = [];
  const { promise: begins, resolve: begun } = Promise.withResolvers<void>();
  const begin = async () => {
    begun();
    await loaded;
    said.push('begun');
  };
  const end = async () => void said.push('ended');
  const settled = async () => undefined;
  const slow = createActivity({ lock, lockName: 'device', timers, active, begin, settled, end });
  const claimed = slow.claim({ steal: false });
  await begins;
  const second = openTab(lock);
  await second.claim({ steal: true });
  load();
  await claimed;
  await slow.stop();
  expect([said, active.get(), second.active.get()]).toEqual([['begun', 'ended'], false, true]);
});

test('[TAB1] taking over twice in a row begins once', async () => {
  const tab = openTab(createMemoryLock());
  await Promise.all([tab.claim({ steal: true }), tab.claim({ steal: true })]);
  expect([tab.said, tab.active.get()]).toEqual([['begin'], true]);
});

test('[F29] a tab that finds another one’s entry goes on when the lock is still its own, and gives way when not', async () => {
  const lock = createMemoryLock();
  const tab = openTab(lock);
  await tab.claim({ steal: false });
  await tab.confirm();
  expect([tab.active.get(), tab.said]).toEqual([true, ['begin']]);
  expect(await lock.acquire('device', { steal: false })).toBeNull();
  let frozen = false;
  const deaf: DeviceLock = {
    acquire: async () => (frozen ? null : { lost: new Promise<void>(() => undefined), release: async () => undefined }),
  };
  const late = openTab(deaf);
  await late.claim({ steal: false });
  frozen = true;
  await late.confirm();
  expect([late.active.get(), late.said]).toEqual([false, ['begin', 'end']]);
});
