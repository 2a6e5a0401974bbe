import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '../../schema/result.ts';
import { createMemoryVault, type MemoryVaultValues } from '../store/memory-vault.ts';
import type { Device } from './device.ts';
import type { DeviceDeps } from './device-deps.ts';
import { enrolDevice } from './enrol-device.ts';
import { createNodeDeps } from './node-device.ts';
import { inStep, sellOne } from './node-sale.ts';
import { type NodeShop, startNodeShop } from './node-shop.ts';
import { openDevice } from './open-device.ts';

let shop: NodeShop;
beforeAll(async () => {
  shop = await startNodeShop(2);
});
afterAll(() => shop.close());

const PATIENCE = { timeout: 30_000, interval: 50 };
const copies = (device: Device) => device.disk.findings.get().filter(({ kind }) => kind === 'forked');

async function openAndChoose(deps: DeviceDeps): Promise<Device> {
  const device = await openDevice(deps);
  await inStep(device);
  await device.company.choosePerson(must(device.company.people.get()[0], 'a person').person);
  return device;
}

test('[SYNC29] [F14] a till put back from an image hears that it was copied before it sells, and an honest one does not', {
  timeout: 60_000,
}, async () => {
  const values: MemoryVaultValues = {};
  const deps = createNodeDeps('K1', shop.origin, { vault: createMemoryVault(values) });
  await enrolDevice(deps, { serverAddress: '', code: shop.code('K1') });
  const image = { ...values };
  const till = await openAndChoose(deps);
  for (const cart of [1, 2, 3]) await sellOne(till, '1001', cart);
  await inStep(till);
  await till.close();
  const again = await openAndChoose(deps);
  expect(copies(again)).toEqual([]);
  await again.close();
  const put = await openAndChoose(createNodeDeps('K1-image', shop.origin, { vault: createMemoryVault(image) }));
  await expect.poll(() => copies(put), PATIENCE).toMatchObject([{ about: expect.stringMatching(/:0000000003$/) }]);
  await sellOne(put, '1001', 4);
  await inStep(put);
  expect(copies(put)).toHaveLength(2);
  await put.close();
});
