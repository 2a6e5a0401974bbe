import 'fake-indexeddb/auto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBrowserDisks } from '../store/browser-disk.ts';
import { createDisk } from '../store/disk.ts';
import type { Device } from './device.ts';
import type { DeviceDeps } from './device-deps.ts';
import { enrolDevice } from './enrol-device.ts';
import { createNodeDeps } from './node-device.ts';
import { inStep, sellOne } from './node-sale.ts';
import { type NodeShop, startNodeShop } from './node-shop.ts';
import { openDevice } from './open-device.ts';

/** A till on the disk that the app has in a browser, with a real server. */
let shop: NodeShop;
let deps: DeviceDeps;
let device: Device;

beforeAll(async () => {
  shop = await startNodeShop(8);
  const real = createNodeDeps('K1', shop.origin);
  deps = { ...real, openDisk: createBrowserDisks(createDisk(), real) };
  await enrolDevice(deps, { serverAddress: '', code: shop.code('K1') });
  device = await openDevice(deps);
  await inStep(device);
});
afterAll(async () => {
  await device.close();
  await shop.close();
});

interface Held {
  collection: string;
  bytes?: Uint8Array;
}

/** Changes what lies in the log, behind the device's back. */
async function damage(change: (record: Held) => unknown): Promise<number> {
  const request = indexedDB.open('laci-K1--log');
  const database = await new Promise<IDBDatabase>((resolve) => {
    request.onsuccess = () => resolve(request.result);
  });
  const transaction = database.transaction('log', 'readwrite');
  let damaged = 0;
  transaction.objectStore('log').openCursor().onsuccess = (event) => {
    const cursor = (event.target as IDBRequest<IDBCursorWithValue | null>).result;
    if (cursor === null) return;
    const changed = change(cursor.value);
    if (changed !== undefined) {
      cursor.update(changed);
      damaged += 1;
    }
    cursor.continue();
  };
  await new Promise<void>((resolve) => {
    transaction.oncomplete = () => resolve();
  });
  database.close();
  return damaged;
}

test('[DISK14] [F10] products whose record the disk damaged are pulled again, a person is told once, and sales stay', async () => {
  const [person] = device.company.people.get();
  await device.company.choosePerson(person?.person as never);
  const sale = await sellOne(device, '1001', 1);
  await inStep(device);
  const count = device.catalogue.count();
  await device.close();
  const cut = ({ collection, bytes, ...rest }: Held) =>
    collection === 'products.0' && bytes ? { ...rest, collection, bytes: bytes.slice(0, -20) } : undefined;
  expect(await damage(cut)).toBeGreaterThan(0);
  device = await openDevice(deps);
  await expect.poll(() => device.catalogue.count(), { timeout: 15_000 }).toBe(count);
  await inStep(device);
  const told = () => device.disk.findings.get().filter(({ kind }) => kind === 'disk');
  expect(told()[0]?.detail).toEqual({ collection: 'products.0' });
  expect((await device.till.recent(1))[0]?.id).toBe(sale.id);
  for (const { id } of told()) await device.disk.settleFinding(id);
  await device.close();
  device = await openDevice(deps);
  expect([device.catalogue.count(), told()]).toEqual([count, []]);
});
