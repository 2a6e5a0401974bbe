import { expect, test } from 'vitest';
import { createMemoryVault } from '../store/memory-vault.ts';
import type { Vault } from '../store/vault.ts';
import type { HeldLock } from './device-deps.ts';
import { createHoldings } from './holding.ts';

/** A lock that is held until it is taken away. */
function lockOf(): { held: HeldLock; lose: () => void } {
  const { promise: lost, resolve: lose } = Promise.withResolvers<void>();
  return { held: { lost, release: async () => undefined }, lose };
}

/** A vault, and what was done with it, in order. */
function watchedVault(): { vault: Vault; done: string[] } {
  const done: string[] = [];
  const real = createMemoryVault();
  const vault: Vault = {
    ...real,
    change: async (key, act, holder) => {
      const value = await real.change(key, act, holder);
      done.push(`${key} ${value}`);
      return value;
    },
    ahead: { read: async () => void done.push('read'), end: () => undefined },
  };
  return { vault, done };
}

const soon = () => new Promise((resolve) => setTimeout(resolve, 1));

test('[DISK24] with its locks a tab counts itself at once, and reads what others noted behind that', async () => {
  const { vault, done } = watchedVault();
  const holdings = createHoldings(vault, Promise.resolve(lockOf().held));
  await soon();
  expect(done).toEqual(['holder 1', 'read']);
  const { count, noted } = await holdings();
  await noted;
  expect([await count, done.length]).toEqual([1, 2]);
  // Taken over once more, by the same tab.
  expect(await (await holdings()).count).toBe(2);
});

test('[DISK24] without its locks it counts itself when it is asked', async () => {
  const { vault, done } = watchedVault();
  const holdings = createHoldings(vault, Promise.resolve(null));
  await soon();
  expect(done).toEqual([]);
  await (await holdings()).noted;
  expect(done).toEqual(['holder 1', 'read']);
});

test('[DISK24] [TAB1] one that was overtaken before it began counts higher than who overtook it', async () => {
  const { vault } = watchedVault();
  const { held, lose } = lockOf();
  const holdings = createHoldings(vault, Promise.resolve(held));
  await soon();
  lose();
  const other = await (await createHoldings(vault, Promise.resolve(null))()).count;
  expect([other, await (await holdings()).count]).toEqual([2, 3]);
});

test('[DISK24] a disk that takes no count opens all the same', async () => {
  const vault: Vault = { ...createMemoryVault(), change: () => Promise.reject(new Error('The disk is full.')) };
  const { count, noted } = await createHoldings(vault, Promise.resolve(lockOf().held))();
  expect([await count, await noted]).toEqual([undefined, undefined]);
});
