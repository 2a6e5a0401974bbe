import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ProductId } from '../../schema/ids.ts';
import { quantity } from '../../schema/quantity.ts';
import { must } from '../../schema/result.ts';
import type { Device } from './device.ts';
import type { DeviceDeps } from './device-deps.ts';
import { enrolDevice } from './enrol-device.ts';
import { createNodeDeps } from './node-device.ts';
import { inStep, sellOne } from './node-sale.ts';
import { type NodeShop, startNodeShop } from './node-shop.ts';
import { openDevice } from './open-device.ts';
import { when } from './when.ts';

/** Two tills and a manager of one real shop; one of them is open at a time, because RxDB opens few collections in one process. */
let shop: NodeShop;
let open: Device | null = null;
const deps: Record<string, DeviceDeps> = {};

async function at(name: string): Promise<Device> {
  await open?.close();
  open = await openDevice(must(deps[name], name));
  await inStep(open);
  return open;
}

beforeAll(async () => {
  shop = await startNodeShop(3);
  for (const name of ['M1', 'K1', 'K2']) {
    const made = createNodeDeps(name, shop.origin);
    deps[name] = made;
    expect(await enrolDevice(made, { serverAddress: '', code: shop.code(name) })).toMatchObject({ ok: true });
    const device = await at(name);
    await device.company.choosePerson(must(device.company.people.get()[0], 'a person').person);
  }
});
afterAll(async () => {
  await open?.close();
  await shop.close();
});

const tea = (device: Device): ProductId => must(device.catalogue.byBarcode('1002'), 'a product').id;

test('[STK15] the manager sees what is below nothing, with the tills and receipts that took it there', async () => {
  const office = await at('M1');
  const product = tea(office);
  expect(await office.office.belowZero()).toEqual([]);
  const delta = quantity(1 - office.stock.onHand(product));
  await office.till.adjust({ reason: 'Hitung', lines: [{ productId: product, delta }] });
  await inStep(office);
  for (const [name, carts] of [
    ['K1', [1, 2]],
    ['K2', [3]],
  ] as const) {
    const till = await at(name);
    for (const cart of carts) await sellOne(till, '1002', cart);
    await inStep(till);
  }
  const again = await at('M1');
  await when(again.stock.version, () => again.stock.onHand(product) === -2);
  // Counters come before the entries that moved them.
  await expect.poll(async () => (await again.office.belowZero())[0]?.isWhole, { timeout: 15_000 }).toBe(true);
  const below = await again.office.belowZero();
  expect(below).toMatchObject([{ product, onHand: -2, isWhole: true }]);
  expect(below[0]?.takers.map(({ till, receipt, units }) => [till, receipt, units])).toEqual([
    ['K2', 'K2-1-1', 1],
    ['K1', 'K1-1-2', 1],
  ]);
  const lines = [{ productId: product, quantity: quantity(2) }];
  await again.till.receive({ reference: 'Kiriman', lines });
  expect(await again.office.belowZero()).toEqual([]);
});
