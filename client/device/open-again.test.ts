import { expect, test } from 'vitest';
import { must } from '../../schema/result.ts';
import type { Shelf } from '../store/shelf.ts';
import type { DeviceDeps } from './device-deps.ts';
import { enrolDevice } from './enrol-device.ts';
import { createNodeDeps } from './node-device.ts';
import { inStep, sellOne } from './node-sale.ts';
import { startNodeShop } from './node-shop.ts';
import { openDevice } from './open-device.ts';
import { when } from './when.ts';

test.each(['tail', 'settings', 'keys'])(
  '[F10] [SYNC7] a device whose disk failed while it opened (its %s) leaves nothing running, and opens at the next try',
  async (slot) => {
    const shop = await startNodeShop(1);
    const real = createNodeDeps('K1', shop.origin);
    await enrolDevice(real, { serverAddress: '', code: shop.code('K1') });
    let broken = true;
    const looks = new Set<symbol>();
    const deps: DeviceDeps = {
      ...real,
      timers: {
        after: (ms, act) => {
          const look = Symbol('a timer');
          looks.add(look);
          const cancel = real.timers.after(ms, () => {
            looks.delete(look);
            act();
          });
          return () => {
            looks.delete(look);
            cancel();
          };
        },
      },
      vault: {
        ...real.vault,
        get: (key) => (broken && key === slot ? Promise.reject(new Error('The disk failed.')) : real.vault.get(key)),
      },
    };
    await expect(openDevice(deps)).rejects.toThrow('The disk failed.');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(looks.size).toBe(0);
    broken = false;
    const device = await openDevice(deps);
    expect(device.active.get()).toBe(true);
    await device.close();
    await shop.close();
  },
);

test('[TAB5] the locks are asked for while the disk is opened, and given back where it does not open', async () => {
  const shop = await startNodeShop(1);
  const real = createNodeDeps('K1', shop.origin);
  await enrolDevice(real, { serverAddress: '', code: shop.code('K1') });
  const asked: string[] = [];
  const lock: DeviceDeps['lock'] = {
    acquire: (name, options) => {
      asked.push(name);
      return real.lock.acquire(name, options);
    },
  };
  const broken = async () => {
    // Both are asked for though nothing is opened yet.
    while (asked.length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
    throw new Error('The disk failed.');
  };
  await expect(openDevice({ ...real, lock, openDisk: broken })).rejects.toThrow('The disk failed.');
  const device = await openDevice({ ...real, lock });
  expect(device.active.get()).toBe(true);
  await device.close();
  await shop.close();
});

test('[DISK24] products are taken in while it is noted that this tab holds the device, and the journal is read behind that', async () => {
  const shop = await startNodeShop(1);
  const real = createNodeDeps('K1', shop.origin);
  await enrolDevice(real, { serverAddress: '', code: shop.code('K1') });
  const asked: string[] = [];
  const watched = <Doc extends object>(name: string, shelf: Shelf<Doc>): Shelf<Doc> => ({
    ...shelf,
    inMemory: (size) => {
      asked.push(name);
      return shelf.inMemory?.(size) ?? null;
    },
    find: (query) => {
      asked.push(name);
      return shelf.find(query);
    },
  });
  const openDisk: DeviceDeps['openDisk'] = async (slot) => {
    const disk = await real.openDisk(slot);
    const { products, journal } = disk.shelves;
    const shelves = { products: watched('products', products), journal: watched('journal', journal) };
    return { ...disk, shelves: { ...disk.shelves, ...shelves } };
  };
  const change: DeviceDeps['vault']['change'] = async (key, act, holder) => {
    while (!asked.includes('products')) await new Promise((resolve) => setTimeout(resolve, 1));
    expect(asked).not.toContain('journal');
    return real.vault.change(key, act, holder);
  };
  const device = await openDevice({ ...real, openDisk, vault: { ...real.vault, change } });
  expect(asked).toContain('journal');
  await device.close();
  await shop.close();
});

test('[DISK24] [TAB5] a tab whose locks are free notes that it holds the device while its disk is still being opened', async () => {
  const shop = await startNodeShop(1);
  const real = createNodeDeps('K1', shop.origin);
  await enrolDevice(real, { serverAddress: '', code: shop.code('K1') });
  const before = await real.vault.get('holder');
  const openDisk: DeviceDeps['openDisk'] = async (slot) => {
    while ((await real.vault.get('holder')) === before) await new Promise((resolve) => setTimeout(resolve, 1));
    return real.openDisk(slot);
  };
  const device = await openDevice({ ...real, openDisk });
  expect([device.active.get(), await real.vault.get('holder')]).toEqual([true, (before ?? 0) + 1]);
  await device.close();
  await shop.close();
});

test('[DISK26] a start waits for no entries of other devices, and what asks for all of them waits', async () => {
  const { shop, sale, give, device } = await openSlowly();
  const [found, sales] = [device.payments.find({}), device.office.sales(9)];
  expect(device.active.get()).toBe(true);
  give();
  expect([(await found).map(({ id }) => id), (await sales).map(({ id }) => id)]).toEqual([[sale.id], [sale.id]]);
  await device.close();
  await shop.close();
});

test('[DISK26] where the disk does not give them the device sells, and a person is told', async () => {
  const { shop, fail, device } = await openSlowly();
  fail(new Error('The disk failed.'));
  await when(device.disk.findings, (findings) => findings.length > 0);
  expect(device.disk.findings.get()).toMatchObject([{ kind: 'disk', about: 'branchJournal' }]);
  expect((await sellOne(device, '1001', 2)).kind).toBe('sale');
  await device.close();
  await shop.close();
});

/** K2 whose disk gives no entries of other devices until it is told to; there is a sale of K1 among them. */
async function openSlowly() {
  const shop = await startNodeShop(1);
  const opened = async (till: string) => {
    const deps = createNodeDeps(till, shop.origin);
    await enrolDevice(deps, { serverAddress: '', code: shop.code(till) });
    const device = await openDevice(deps);
    await inStep(device);
    const { person } = must(device.company.people.get()[0], 'a person');
    await device.company.choosePerson(person);
    return { deps, device };
  };
  const k1 = await opened('K1');
  const sale = await sellOne(k1.device, '1001', 1);
  await inStep(k1.device);
  await k1.device.close();
  const k2 = await opened('K2');
  while ((await k2.device.office.sales(1)).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await k2.device.close();
  const { promise: given, resolve: give, reject: fail } = Promise.withResolvers<void>();
  given.catch(() => undefined);
  const openDisk: DeviceDeps['openDisk'] = async (slot) => {
    const disk = await k2.deps.openDisk(slot);
    const { branchJournal } = disk.shelves;
    const find: typeof branchJournal.find = async (query) => {
      await given;
      return branchJournal.find(query);
    };
    return { ...disk, shelves: { ...disk.shelves, branchJournal: { ...branchJournal, find } } };
  };
  return { shop, sale, give, fail, device: await openDevice({ ...k2.deps, openDisk }) };
}
