import { IDBFactory } from 'fake-indexeddb';
import { describe, expect, test } from 'vitest';
import type { PersonId } from '../../schema/ids.ts';
import { DEFAULT_SETTINGS } from '../sync/settings.ts';
import { listSlots, openBrowserVault, openingVault } from './browser-vault.ts';
import { createMemoryVault } from './memory-vault.ts';
import { Superseded, type Vault } from './vault.ts';

const world = new IDBFactory();
let slots = 0;
const openOwn = () => {
  slots += 1;
  return openBrowserVault(`slot-${slots}`, world);
};

describe.each<[string, () => Promise<Vault>]>([
  ['in the browser', openOwn],
  ['that is being opened', async () => openingVault(openOwn())],
  ['in memory', async () => createMemoryVault()],
])('a vault %s', (_name, open) => {
  test('[VAULT1] a value is there whole after it was put, and undefined before', async () => {
    const vault = await open();
    expect(await vault.get('settings')).toBeUndefined();
    await vault.put('settings', { ...DEFAULT_SETTINGS, pullBatch: 7 });
    await vault.put('person', 'budi' as PersonId);
    expect(await vault.get('settings')).toEqual({ ...DEFAULT_SETTINGS, pullBatch: 7 });
    await vault.put('settings', DEFAULT_SETTINGS);
    expect(await vault.get('settings')).toEqual(DEFAULT_SETTINGS);
    vault.close();
  });

  test('[VAULT2] [PIN6] changes made at the same moment all count, each from what lies there', async () => {
    const vault = await open();
    const count = () => vault.change('pinFailures', (now = {}) => ({ budi: (now.budi ?? 0) + 1 }));
    expect((await Promise.all([count(), count(), count()])).at(-1)).toEqual({ budi: 3 });
    expect(await vault.get('pinFailures')).toEqual({ budi: 3 });
    vault.close();
  });

  test('[VAULT2] [TAB2] a change for a tab that no longer holds the device is refused, and leaves what is there', async () => {
    const vault = await open();
    await vault.put('holder', 1);
    await vault.change('person', () => 'budi' as PersonId, 1);
    await vault.put('holder', 2);
    await expect(vault.change('person', () => 'ani' as PersonId, 1)).rejects.toThrow(Superseded);
    expect(await vault.get('person')).toBe('budi');
    vault.close();
  });
});

test('[VAULT1] it outlives a reload, and each slot has its own', async () => {
  const first = await openBrowserVault('K1', world);
  await first.put('person', 'budi' as PersonId);
  first.close();
  const again = await openBrowserVault('K1', world);
  const other = await openBrowserVault('K2', world);
  expect(await again.get('person')).toBe('budi');
  expect(await other.get('person')).toBeUndefined();
  expect(await listSlots(world)).toEqual(expect.arrayContaining(['K1', 'K2']));
});

test('[VAULT1] a vault that does not open is told to whoever asks it for something, and to nobody else', async () => {
  const vault = openingVault(Promise.reject(new Error('No disk')));
  await expect(vault.get('settings')).rejects.toThrow('No disk');
  await expect(vault.put('settings', DEFAULT_SETTINGS)).rejects.toThrow('No disk');
  vault.close();
});

test('[VAULT3] what was read in one go answers, but for what is written since, and behind the start the disk does', async () => {
  const [own, other] = [await openBrowserVault('K3', world), await openBrowserVault('K3', world)];
  const vault = openingVault(Promise.resolve(own));
  await vault.put('holder', 1);
  await vault.put('person', 'budi' as PersonId);
  await vault.ahead?.read();
  for (const key of ['person', 'settings'] as const)
    await other.put(key, { person: 'ani', settings: DEFAULT_SETTINGS }[key] as never);
  expect(await vault.get('person')).toBe('budi');
  expect(await vault.get('settings')).toBeUndefined();
  await vault.put('holder', 2);
  expect(await vault.get('holder')).toBe(2);
  expect(await vault.change('holder', (now = 0) => now + 1)).toBe(3);
  await vault.ahead?.read();
  expect(await vault.get('person')).toBe('ani');
  await other.put('person', 'sari' as PersonId);
  vault.ahead?.end();
  await Promise.resolve();
  expect(await vault.get('person')).toBe('sari');
  await vault.ahead?.read();
  await other.put('person', 'budi' as PersonId);
  expect(await vault.get('person')).toBe('budi');
});
