import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Product } from '../../schema/product.ts';
import { must } from '../../schema/result.ts';
import type { DeviceDisk } from '../store/device-disk.ts';
import type { Device } from './device.ts';
import type { DeviceDeps } from './device-deps.ts';
import { enrolDevice } from './enrol-device.ts';
import { createNodeDeps } from './node-device.ts';
import { inStep, sellOne } from './node-sale.ts';
import { type NodeShop, startNodeShop } from './node-shop.ts';
import { openDevice } from './open-device.ts';

/** One till with a real server, a disk that can be written behind its back, and hours that pass in moments. */
const HURRY = 200;
let shop: NodeShop;
let device: Device;
let disk: DeviceDisk;

beforeAll(async () => {
  shop = await startNodeShop(8);
  const real = createNodeDeps('K1', shop.origin);
  const deps: DeviceDeps = {
    ...real,
    timers: { after: (ms, act) => real.timers.after(ms / HURRY, act) },
    openDisk: async (slot) => {
      disk = await real.openDisk(slot);
      return disk;
    },
  };
  await enrolDevice(real, { serverAddress: '', code: shop.code('K1') });
  await deps.vault.put('settings', {
    ...must(await deps.vault.get('settings'), 'settings'),
    // The slowest request may take so long, hurried too.
    requestTimeoutMs: 300_000,
    digestIntervalMs: 60_000,
    idleAfterMs: 5_000,
    nightHours: null,
  });
  device = await openDevice(deps);
  await inStep(device);
  await device.company.choosePerson(must(device.company.people.get()[0], 'a person').person);
});
afterAll(async () => {
  await device.close();
  await shop.close();
});

const PATIENCE = { timeout: 15_000, interval: 50 };
const product = (barcode: string) => must(device.catalogue.byBarcode(barcode), 'a product');

test('[SYNC21] what is not as the server has it is found while nobody sells, written down, and made so', async () => {
  const [lost, bent] = [product('1001'), product('1002')];
  const ghost = { ...bent, id: 'ghost' as Product['id'], barcodes: ['9009'], name: 'Ghost' };
  await disk.shelves.products.remove([lost.id]);
  await disk.shelves.products.replace({ ...bent, name: 'Rotten', rev: { epoch: 1, n: 99 } });
  await disk.shelves.products.insert(ghost);
  expect([device.catalogue.byBarcode('1001'), device.catalogue.byBarcode('9009')?.name]).toEqual([undefined, 'Ghost']);
  await expect.poll(() => device.catalogue.byBarcode('1001')?.name, PATIENCE).toBe(lost.name);
  await expect.poll(() => device.catalogue.product(bent.id)?.name, PATIENCE).toBe(bent.name);
  await expect.poll(() => device.catalogue.byBarcode('9009'), PATIENCE).toBeUndefined();
  const found = device.disk.findings.get().filter(({ kind }) => kind === 'digest');
  // The ghost goes when nothing else differs any more.
  expect(found.map(({ detail }) => detail)).toMatchObject([
    { collection: 'products', missing: { count: 0 }, other: { count: 0 }, extra: { ids: ['ghost'] } },
    { collection: 'products', missing: { ids: [lost.id] }, other: { ids: [bent.id] }, extra: { ids: ['ghost'] } },
  ]);
});

test('[SYNC21] [I4] stock too; and what is level stays as it is', async () => {
  await sellOne(device, '1003', 1);
  await inStep(device);
  const { id } = product('1003');
  const before = device.stock.onHand(id);
  const findHeld = async () => (await disk.shelves.stock.find({})).find(({ productId }) => productId === id);
  await expect.poll(findHeld, PATIENCE).toBeDefined();
  const held = must(await findHeld(), 'a stock document');
  await disk.shelves.stock.remove([held.id]);
  await expect.poll(async () => (await disk.shelves.stock.byIds([held.id])).length, PATIENCE).toBe(1);
  await expect.poll(() => device.stock.onHand(id), PATIENCE).toBe(before);
  const digests = () => device.sync.inspect().then(({ counters }) => counters.digests);
  const [count, findings] = [await digests(), device.disk.findings.get().length];
  await expect.poll(digests, PATIENCE).toBeGreaterThan(count + 6);
  expect(device.disk.findings.get()).toHaveLength(findings);
});
