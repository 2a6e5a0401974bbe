import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { must } from '../../schema/result.ts';
import type { DeviceDisk } from '../store/device-disk.ts';
import { createRxDisks } from '../store/rx-disk.ts';
import { createMemoryStorage } from '../store/storage.ts';
import { watchSockets } from '../sync/watched-sockets.ts';
import type { Device } from './device.ts';
import type { DeviceDeps } from './device-deps.ts';
import { enrolDevice } from './enrol-device.ts';
import { createNodeDeps } from './node-device.ts';
import { inStep, sellOne } from './node-sale.ts';
import { type NodeShop, startNodeShop } from './node-shop.ts';
import { openDevice } from './open-device.ts';

/** A till with a real server, a wire that loses pushes, and hours that pass in seconds. */
const HURRY = 20;
const PATIENCE = { timeout: 15_000, interval: 50 };
let shop: NodeShop;
let device: Device;
let disk: DeviceDisk;
const wire = { pushes: true, server: true };
const saved: string[] = [];
const save = async (text: string) => void saved.push(text);

beforeAll(async () => {
  shop = await startNodeShop(30);
  const real = createNodeDeps('K1', shop.origin);
  const open = createRxDisks(createMemoryStorage(), real.timers);
  const fetchOver: DeviceDeps['fetch'] = (url, init) =>
    wire.server && (wire.pushes || !url.includes('/push')) ? fetch(url, init) : Promise.reject(new Error('cut'));
  const sockets = watchSockets(real.openSocket, {
    said: ({ type }) => wire.server && (wire.pushes || type !== 'push'),
    mayOpen: () => wire.server,
  });
  const deps: DeviceDeps = {
    ...real,
    fetch: fetchOver,
    openSocket: sockets.openSocket,
    openDisk: async (slot) => {
      disk = await open(slot);
      return disk;
    },
  };
  await enrolDevice(deps, { serverAddress: '', code: shop.code('K1') });
  const settings = must(await deps.vault.get('settings'), 'settings');
  await deps.vault.put('settings', { ...settings, requestTimeoutMs: 300_000, nightHours: null });
  device = await openDevice({ ...deps, timers: { after: (ms, act) => real.timers.after(ms / HURRY, act) } });
  await inStep(device);
  await device.company.choosePerson(must(device.company.people.get()[0], 'a person').person);
  await sell();
  await inStep(device);
});
afterAll(async () => {
  await device.close();
  await shop.close();
});
beforeEach(() => {
  saved.length = 0;
  Object.assign(wire, { pushes: true, server: true });
});

let carts = 0;
const sell = () => {
  carts += 1;
  return sellOne(device, '1001', carts);
};
const tea = () => must(device.catalogue.byBarcode('1001'), 'a product').id;
const onHand = () => device.stock.onHand(tea());
const held = async () => [
  device.catalogue.count(),
  (await disk.shelves.stock.find({})).length,
  device.company.people.get().length,
];

test('[STATE7] what waits is sent first; then all that was pulled comes again, and nothing of its own is gone', async () => {
  await expect.poll(async () => (await disk.shelves.stock.find({})).length, PATIENCE).toBe(1);
  const [before, stock] = [await held(), onHand()];
  await sell();
  expect(await device.sync.resetNow(save)).toBe('done');
  expect([saved, device.sync.status.get().waitingEntries]).toEqual([[], 0]);
  await inStep(device);
  await expect.poll(held, PATIENCE).toEqual(before);
  await expect.poll(onHand, PATIENCE).toBe(stock - 1);
  const sale = await sell();
  expect([sale.seq, sale.kind === 'sale' && sale.body.receipt]).toEqual([3, 'K1-1-3']);
  await inStep(device);
});

test('[STATE7] [STATE6] what does not get to the server is saved to a file before anything is removed, and still waits', async () => {
  const stock = onHand();
  wire.pushes = false;
  const [one, two] = [await sell(), await sell()];
  const order: string[] = [];
  const { remove } = disk.shelves.products;
  disk.shelves.products.remove = async (ids) => {
    order.push('removed');
    return remove(ids);
  };
  const ended = await device.sync.resetNow(async (text) => {
    order.push('saved');
    await save(text);
  });
  disk.shelves.products.remove = remove;
  expect([ended, order]).toEqual(['done', ['saved', 'removed']]);
  const { entries } = JSON.parse(must(saved[0], 'a file')) as { entries: { id: string }[] };
  expect(entries.map(({ id }) => id)).toEqual([one.id, two.id]);
  await expect.poll(() => device.sync.status.get().ready, PATIENCE).toBe(true);
  expect(await device.sync.waiting(10)).toMatchObject([
    { id: two.id, why: 'next' },
    { id: one.id, why: 'next' },
  ]);
  wire.pushes = true;
  device.sync.syncNow();
  await inStep(device);
  await expect.poll(onHand, PATIENCE).toBe(stock - 2);
});

test('[STATE7] [STATE8] without the server nothing is removed, what waits is saved all the same, and a test call says why', async () => {
  const before = await held();
  wire.server = false;
  await sell();
  expect(await device.sync.resetNow(save)).toBe('no-server');
  expect([saved.length, await held()]).toEqual([1, before]);
  expect(await device.sync.testCallNow()).toMatchObject({ found: 'offline', clockErrorMs: null });
  wire.server = true;
  const { found, clockErrorMs } = await device.sync.testCallNow();
  expect([found, Math.abs(clockErrorMs ?? Number.NaN) < 60_000]).toEqual(['reached', true]);
  device.sync.syncNow();
  await inStep(device);
});

test('[STATE7] a reset that breaks off in the middle is gone on with', async () => {
  const before = await held();
  const { remove } = disk.shelves.stock;
  disk.shelves.stock.remove = () => Promise.reject(new Error('EIO'));
  await expect(device.sync.resetNow(save)).rejects.toThrow('EIO');
  disk.shelves.stock.remove = remove;
  device.sync.syncNow();
  await inStep(device);
  await expect.poll(held, PATIENCE).toEqual(before);
});
