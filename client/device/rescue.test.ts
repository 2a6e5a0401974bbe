import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import type { CartId } from '../../schema/ids.ts';
import { quantity } from '../../schema/quantity.ts';
import { provableRows, readRescueFile } from '../../schema/rescue-file.ts';
import { must } from '../../schema/result.ts';
import { watchSockets } from '../sync/watched-sockets.ts';
import type { Device } from './device.ts';
import type { DeviceDeps } from './device-deps.ts';
import { enrolDevice } from './enrol-device.ts';
import { createNodeDeps } from './node-device.ts';
import { inStep, sellOne } from './node-sale.ts';
import { type NodeShop, startNodeShop } from './node-shop.ts';
import { openDevice } from './open-device.ts';

/** A till that sold without a connection and died, its file, and a manager's device with a real server. */
const SALES = 5;
let shop: NodeShop;
let deps: DeviceDeps;
let manager: Device;
let file: string;
let entries: DeviceEntry[];
let cut = false;

beforeAll(async () => {
  shop = await startNodeShop(4);
  const till = await enrolAndOpen(createNodeDeps('K1', shop.origin, { fetch: cuttable, openSocket }), 'K1');
  cut = true;
  for (let sale = 1; sale <= SALES; sale += 1) await sellOne(till, '1001', sale);
  await holdOne(till);
  file = await till.disk.exportRescue('waiting');
  entries = (JSON.parse(file) as { entries: DeviceEntry[] }).entries;
  await till.close();
  cut = false;
  deps = createNodeDeps('M1', shop.origin, { fetch: cuttable, openSocket });
  manager = await enrolAndOpen(deps, 'M1');
}, 60_000);
afterAll(async () => {
  await manager.close();
  await shop.close();
});

const cuttable: DeviceDeps['fetch'] = (url, init) =>
  cut && url.includes('/push') ? Promise.reject(new Error('cut')) : fetch(url, init);

const { openSocket } = watchSockets(createNodeDeps('x', '').openSocket, {
  said: ({ type }) => !cut || type !== 'push',
});

async function enrolAndOpen(on: DeviceDeps, till: string): Promise<Device> {
  expect(await enrolDevice(on, { serverAddress: '', code: shop.code(till) })).toMatchObject({ ok: true });
  const device = await openDevice(on);
  await inStep(device);
  await device.company.choosePerson(must(device.company.people.get()[0], 'a person').person);
  return device;
}

const onHand = () => manager.stock.onHand(must(manager.catalogue.byBarcode('1001'), 'a product').id);
const faultOf = async (text: string) => {
  const [look, handIn] = [await manager.disk.lookIntoRescue(text), await manager.disk.importRescueNow(text)];
  expect(handIn).toEqual(look);
  return look.ok ? null : look.error;
};

/** A cart that waits for its customer. */
async function holdOne(till: Device): Promise<void> {
  const { id, rev, name, price, unitScale, taxId } = must(till.catalogue.byBarcode('1002'), 'a product');
  const line = { productId: id, rev, name, unitPrice: price, unitScale, taxId, quantity: quantity(4) };
  const cart = { cartId: 'cart-of-the-dead' as CartId, lines: [line] };
  expect(await till.drafts.hold(cart, 'Ibu Sari')).toEqual({ ok: true, value: null });
}

test('[STATE15] a held cart of a dead till is told before its file is handed in, and is there with all that is in it after', async () => {
  expect(await manager.disk.lookIntoRescue(file)).toMatchObject({ ok: true, value: { carts: 1 } });
  const handedIn = await manager.disk.importRescueNow(JSON.stringify({ ...JSON.parse(file), entries: [] }));
  expect(handedIn).toMatchObject({ ok: true, value: { entries: 0, carts: 1, cartsTaken: 1 } });
  await expect.poll(() => manager.drafts.list.get().map(({ name }) => name), { timeout: 20_000 }).toEqual(['Ibu Sari']);
  expect(manager.drafts.list.get()[0]?.cart.lines).toMatchObject([{ name: 'Barang 2', quantity: 4 }]);
});

test('[STATE9] a file says what it holds before anything is sent: till, entries, receipts, sum and times', async () => {
  const look = await manager.disk.lookIntoRescue(file);
  const dues = entries.map((entry) => (entry.kind === 'sale' ? entry.body.totals.due : 0));
  expect(look).toMatchObject({
    ok: true,
    value: {
      till: 'K1',
      entries: SALES,
      receipts: SALES,
      sum: dues.reduce((sum: number, due) => sum + due, 0),
      firstReceipt: 'K1-1-1',
      lastReceipt: `K1-1-${SALES}`,
      span: { from: entries[0]?.at, to: entries.at(-1)?.at },
      altered: 0,
    },
  });
});

test('[STATE10] a file that is cut off, of a later version, of another shop, or none at all is named, and changes nothing', async () => {
  const before = onHand();
  const change = (more: object) => JSON.stringify({ ...JSON.parse(file), ...more });
  expect(await faultOf('')).toBe('not-a-rescue');
  expect(await faultOf('{"format":"other"}')).toBe('not-a-rescue');
  expect(await faultOf(file.slice(0, -20))).toBe('damaged');
  expect(await faultOf(change({ entries: 'none' }))).toBe('damaged');
  expect(await faultOf(change({ version: 2 }))).toBe('newer');
  expect(await faultOf(change({ certificate: 'a.b.c' }))).toBe('other-shop');
  const { device } = JSON.parse(file) as { device: object };
  expect(await faultOf(change({ device: { ...device, till: 'K9' } }))).toBe('other-shop');
  const altered = entries.map((entry) => ({ ...entry, at: entry.at + 1 }));
  expect(await faultOf(change({ entries: altered }))).toBe('damaged');
  expect(onHand()).toBe(before);
});

test('[STATE10] whatever happens to its bytes, a file is read without failing, and gives only entries that were written', async () => {
  const written = new Set(entries.map(({ id, hash }) => `${id} ${hash}`));
  const random = seeded(7);
  let partly = 0;
  for (let round = 0; round < 400; round += 1) {
    const read = readRescueFile(damage(file, random));
    if (!read.ok) continue;
    const rows = provableRows(read.value);
    if (rows.length < entries.length) partly += 1;
    expect(rows.filter(({ id, hash }) => !written.has(`${id} ${hash}`))).toEqual([]);
  }
  expect(partly).toBeGreaterThan(20);
});

test('[STATE11] [STATE12] [F10] the entries of a dead till are handed in with a verdict each; the same file again, altered ones too, changes nothing', async () => {
  const before = onHand();
  cut = true;
  expect(await manager.disk.importRescueNow(file)).toEqual({ ok: false, error: 'offline' });
  cut = false;
  // One entry that somebody altered keeps none of the others back, and takes no place.
  const [first, ...others] = entries;
  const withAltered = JSON.stringify({ ...JSON.parse(file), entries: [...others, { ...first, person: 'x' }] });
  const partly = await manager.disk.importRescueNow(withAltered);
  expect(partly).toMatchObject({ ok: true, value: { entries: SALES - 1, taken: SALES - 1, refused: 0 } });
  const steps: number[][] = [];
  const whole = await manager.disk.importRescueNow(file, (...step) => steps.push(step));
  expect(whole).toMatchObject({ ok: true, value: { taken: 1, known: SALES - 1, refused: 0 } });
  expect(whole.ok && whole.value.verdicts.map(({ receipt, verdict }) => [receipt, verdict])).toEqual([
    ['K1-1-1', 'accepted'],
    ...others.map((_entry, index) => [`K1-1-${index + 2}`, 'duplicate']),
  ]);
  expect(steps).toEqual([[SALES, SALES]]);
  await expect.poll(onHand, { timeout: 10_000 }).toBe(before - SALES);
  const random = seeded(3);
  for (let round = 0; round < 20; round += 1) {
    const again = await manager.disk.importRescueNow(damage(file, random));
    if (again.ok) expect([again.value.taken, again.value.refused]).toEqual([0, 0]);
  }
  const last = await sellOne(manager, '1001', 100);
  await inStep(manager);
  expect(manager.till.safety(last.id)).toBe('server');
  await expect.poll(onHand).toBe(before - SALES - 1);
  expect(manager.disk.findings.get()).toEqual([]);
});

/** A few characters changed, lost or doubled, mostly within the entries. */
function damage(text: string, random: () => number): string {
  let hurt = text;
  for (let wounds = 1 + Math.floor(random() * 3); wounds > 0; wounds -= 1) {
    const at = Math.floor(random() * hurt.length);
    const instead = ['', '0', hurt[at]?.repeat(2) ?? '', 'e', '9'][Math.floor(random() * 5)] ?? '';
    hurt = hurt.slice(0, at) + instead + hurt.slice(at + 1);
  }
  return hurt;
}

/** The same numbers from the same seed: a linear congruential generator (Numerical Recipes). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
