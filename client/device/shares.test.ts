import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CartId, ProductId } from '../../schema/ids.ts';
import { quantity } from '../../schema/quantity.ts';
import { type Cart, payExactly, priceCart } from '../../schema/receipt.ts';
import { must } from '../../schema/result.ts';
import type { Device } from './device.ts';
import type { DeviceDeps } from './device-deps.ts';
import { enrolDevice } from './enrol-device.ts';
import { createNodeDeps } from './node-device.ts';
import { inStep } from './node-sale.ts';
import { type NodeShop, startNodeShop } from './node-shop.ts';
import { openDevice } from './open-device.ts';
import { when } from './when.ts';

/** Two tills and a manager of one real shop; one of them is open at a time, because RxDB opens few collections in one process. */
let shop: NodeShop;
let open: { readonly name: string; readonly device: Device } | null = null;
let ticket: ProductId;
/** The network of all of them: off, they are alone. */
let online = true;
const deps: Record<string, DeviceDeps> = {};

async function at(name: string): Promise<Device> {
  if (open?.name === name) return open.device;
  await open?.device.close();
  const device = await openDevice(must(deps[name], name));
  open = { name, device };
  return device;
}

beforeAll(async () => {
  shop = await startNodeShop(3);
  for (const name of ['M1', 'K1', 'K2']) {
    const made = createNodeDeps(name, shop.origin, {
      fetch: (url, init) => (online ? fetch(url, init) : Promise.reject(new TypeError('no network'))),
    });
    deps[name] = made;
    expect(await enrolDevice(made, { serverAddress: '', code: shop.code(name) })).toMatchObject({ ok: true });
    const device = await at(name);
    await when(device.sync.status, ({ ready }) => ready);
    await device.company.choosePerson(must(device.company.people.get()[0], 'a person').person);
  }
  const office = await at('M1');
  ticket = must(office.catalogue.byBarcode('1001'), 'a product').id;
  await office.office.editProduct(ticket, { limited: true });
  const had = office.stock.onHand(ticket);
  await office.till.adjust({ reason: 'Tiket', lines: [{ productId: ticket, delta: quantity(40 - had) }] });
  await inStep(office);
  await when(office.shares.version, () => office.shares.left(ticket) !== null);
});
afterAll(async () => {
  await open?.device.close();
  await shop.close();
});

let carts = 0;
function cartOf(device: Device, units: number): Cart {
  carts += 1;
  const { id: productId, rev, name, price: unitPrice, unitScale, taxId } = must(device.catalogue.product(ticket), 'it');
  const line = { productId, rev, name, unitPrice, unitScale, taxId, quantity: quantity(units) };
  return { cartId: `share-${String(carts).padStart(6, '0')}` as CartId, lines: [line] };
}

async function sell(device: Device, units: number) {
  const cart = cartOf(device, units);
  const rules = must(device.company.rules.get(), 'rules');
  const sold = await device.till.sell(cart, [payExactly('cash', priceCart(cart, rules).totals.due)]);
  if (!sold.ok) throw new Error(sold.error.code);
  return sold.value;
}
const hasShare = (device: Device, units: number) =>
  when(device.shares.version, () => device.shares.left(ticket) === units);

test('[ALT5] [ALT4] a till that comes online is given its part, takes it over by an entry, and is not given it twice', async () => {
  const till = await at('K1');
  await hasShare(till, 10);
  await inStep(till);
  expect((await till.till.recent(5)).map(({ kind }) => kind)).toEqual(['allotment-received']);
  const other = await at('K2');
  await hasShare(other, 10);
  await inStep(other);
});

test('[ALT3] [I11] offline a till sells out of its share, and refuses more before payment; what was paid all the same counts', async () => {
  const till = await at('K1');
  await when(till.sync.status, ({ connection }) => connection === 'online');
  online = false;
  expect(till.till.check(cartOf(till, 10))).toBeNull();
  expect(till.till.check(cartOf(till, 11))).toEqual({ code: 'share-too-small', product: ticket, held: 10, wanted: 11 });
  const sale = await sell(till, 8);
  expect(sale.body.lines[0]).toMatchObject({ limited: true });
  expect(till.shares.left(ticket)).toBe(2);
  expect(await till.shares.askNow(ticket, 3)).toMatchObject({ ok: false });
  online = true;
});

test('[ALT5] what a customer asks for comes as far as it is free, and the till says what stands in the way', async () => {
  const till = await at('K1');
  await inStep(till);
  expect(await till.shares.askNow(ticket, 15)).toEqual({ ok: true, value: null });
  expect(till.shares.left(ticket)).toBeGreaterThanOrEqual(15);
  await inStep(till);
  expect(await till.shares.askNow(ticket, 500)).toEqual({ ok: false, error: 'none-free' });
});

test('[ALT5] once nothing is free a till gives back what is beyond its part, but not what a cart that is being paid needs', async () => {
  const till = await at('K1');
  expect(till.shares.left(ticket)).toBe(22);
  expect(till.till.check(cartOf(till, 20))).toBeNull();
  expect(await till.shares.askNow(ticket, 12)).toEqual({ ok: true, value: null });
  expect(till.shares.left(ticket)).toBe(20);
  await inStep(till);
  expect((await till.till.recent(1))[0]).toMatchObject({ kind: 'allotment-returned', body: { quantity: 2 } });
});

test('[ALT7] a manager sees who holds what, writes off what is lost, and it is gone at the till', async () => {
  const office = await at('M1');
  await when(office.sync.status, ({ connection }) => connection === 'online');
  const seen = await office.shares.lookNow();
  const product = seen.ok
    ? must(
        seen.value.products.find(({ productId }) => productId === ticket),
        'it',
      )
    : null;
  const holder = must(
    product?.holders.find(({ till }) => till === 'K2'),
    'K2',
  );
  expect(holder).toMatchObject({ held: 10, open: 0 });
  expect(await office.shares.writeOffNow(holder.deviceId, ticket)).toEqual({ ok: true, value: null });
  const after = await office.shares.lookNow();
  expect(after).toMatchObject({ ok: true, value: { awaited: [] } });
});

test('[ALT3] [ALT1] a refund puts back into the share of the till that takes it back', async () => {
  const till = await at('K1');
  await inStep(till);
  const before = must(till.shares.left(ticket), 'limited');
  online = false;
  const cart = cartOf(till, 1);
  const rules = must(till.company.rules.get(), 'rules');
  const payments = [payExactly('cash', priceCart(cart, rules).totals.due)];
  expect(await till.till.refund({ cart, payments, reason: 'Batal' })).toMatchObject({ ok: true });
  expect(till.shares.left(ticket)).toBe(before + 1);
  online = true;
});

test('[ALT8] [ENR8] a till that hears that it is revoked gives back what it holds', async () => {
  const till = await at('K1');
  await inStep(till);
  const credential = must(await must(deps.M1, 'M1').vault.get('enrolment'), 'an enrolment').credential;
  const headers = { authorization: `Bearer ${credential}`, 'content-type': 'application/json' };
  const path = `/api/v1/devices/${till.identity.deviceId}/revoke`;
  expect((await fetch(`${shop.origin}${path}`, { method: 'POST', headers, body: '{}' })).status).toBe(200);
  till.sync.syncNow();
  await when(till.sync.status, ({ revoked }) => revoked);
  await hasShare(till, 0);
  await when(till.sync.status, ({ waitingEntries }) => waitingEntries === 0);
  const seen = await (await at('M1')).shares.lookNow();
  const holders = seen.ok
    ? must(
        seen.value.products.find(({ productId }) => productId === ticket),
        'it',
      ).holders
    : [];
  expect(holders.filter(({ till: code }) => code === 'K1')).toEqual([]);
});
