import { expect, test } from 'vitest';
import type { DeviceLock } from './device-deps.ts';
import { writingLockName } from './last-writer.ts';
import { lockAhead } from './lock-ahead.ts';
import { createMemoryLock } from './memory-lock.ts';

const [NAME, WRITING] = ['laci-K1', writingLockName('laci-K1')];
const free = { steal: false };

/** Locks, and how often each was asked for. */
function counted(): { lock: DeviceLock; asked: string[] } {
  const lock = createMemoryLock();
  const asked: string[] = [];
  const acquire: DeviceLock['acquire'] = (name, options) => {
    asked.push(name);
    return lock.acquire(name, options);
  };
  return { lock: { acquire }, asked };
}

test('[TAB5] both locks are asked for at once, and given to the first who asks, once', async () => {
  const { lock, asked } = counted();
  const ahead = lockAhead(lock, NAME);
  await Promise.resolve();
  await Promise.resolve();
  expect(asked).toEqual([NAME, WRITING]);
  expect(await ahead.given).not.toBeNull();
  const held = [await ahead.acquire(NAME, free), await ahead.acquire(WRITING, free)];
  expect(held.every((one) => one !== null)).toBe(true);
  expect(asked).toEqual([NAME, WRITING]);
  expect(await ahead.acquire(NAME, free)).toBeNull();
  await ahead.letGo();
  expect(await lock.acquire(NAME, free)).toBeNull();
});

test('[TAB5] what another tab holds stays there, and what it has let go of since is there for who asks', async () => {
  const lock = createMemoryLock();
  const other = await lock.acquire(NAME, free);
  const ahead = lockAhead(lock, NAME);
  expect([await ahead.given, await lock.acquire(WRITING, free)]).toEqual([null, expect.anything()]);
  await other?.release();
  expect(await ahead.acquire(NAME, free)).not.toBeNull();
});

test('[TAB5] what nobody took is given back, and a lock that is stolen meanwhile is told of', async () => {
  const lock = createMemoryLock();
  const ahead = lockAhead(lock, NAME);
  await ahead.letGo();
  await (await lock.acquire(NAME, free))?.release();
  expect(await lock.acquire(WRITING, free)).not.toBeNull();

  const second = lockAhead(lock, NAME);
  await lock.acquire(NAME, { steal: true });
  const held = await second.acquire(NAME, free);
  await held?.lost;
  expect(held).not.toBeNull();
});

test('[TAB5] a lock that cannot be asked for is told to who asks for it', async () => {
  const broken: DeviceLock = { acquire: () => Promise.reject(new Error('No locks here.')) };
  const ahead = lockAhead(broken, NAME);
  await expect(ahead.acquire(NAME, free)).rejects.toThrow('No locks here.');
  expect(await ahead.given).toBeNull();
  await ahead.letGo();
});
