import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { findChainFault } from '../../schema/chain.ts';
import type { CartId } from '../../schema/ids.ts';
import { STRING_BYTES_MAX } from '../../schema/limits.ts';
import { quantity } from '../../schema/quantity.ts';
import { type Cart, type CartLine, payCash, payExactly, priceCart } from '../../schema/receipt.ts';
import { must } from '../../schema/result.ts';
import type { Device } from './device.ts';
import type { DeviceDeps } from './device-deps.ts';
import { enrolDevice } from './enrol-device.ts';
import { createNodeDeps } from './node-device.ts';
import { type NodeShop, startNodeShop } from './node-shop.ts';
import { openDevice } from './open-device.ts';
import { when } from './when.ts';

/** One till of a real shop, whose server is stopped after its first sync: everything here works without it. */
let shop: NodeShop;
let deps: DeviceDeps;
let device: Device;

beforeAll(async () => {
  shop = await startNodeShop(12);
  deps = createNodeDeps('K1', shop.origin);
  expect(await enrolDevice(deps, { serverAddress: '', code: shop.code('K1') })).toMatchObject({ ok: true });
  device = await openDevice(deps);
  await when(device.sync.status, ({ ready }) => ready);
  await device.company.choosePerson(must(device.company.people.get()[0], 'a person').person);
  await device.close();
  await shop.kill();
});
afterAll(() => shop.close());

beforeEach(async () => {
  device = await openDevice(deps);
});
afterEach(() => device.close());

let carts = 0;
function cartOf(count: number, line: Partial<CartLine> = {}): Cart {
  const product = must(device.catalogue.byBarcode('1001'), 'a product');
  const { id: productId, rev, name, price: unitPrice, unitScale, taxId } = product;
  carts += 1;
  const one = { productId, rev, name, unitPrice, unitScale, taxId, quantity: quantity(1), ...line };
  return {
    cartId: `cart-${String(carts).padStart(8, '0')}` as CartId,
    lines: Array.from({ length: count }, () => one),
  };
}

const dueOf = (cart: Cart) => priceCart(cart, must(device.company.rules.get(), 'rules')).totals.due;
const sell = (cart: Cart) => device.till.sell(cart, [payCash(dueOf(cart), dueOf(cart))]);
const productId = () => must(device.catalogue.byBarcode('1001'), 'a product').id;

test('[I11] [I4] a till sells, refunds and moves stock with the server gone, after a reload too', async () => {
  const before = device.stock.onHand(productId());
  const sold = await sell(cartOf(3));
  const refunded = await device.till.refund({
    cart: cartOf(1),
    payments: [payExactly('cash', dueOf(cartOf(1)))],
    reason: 'broken',
  });
  const received = await device.till.receive({
    reference: 'x',
    lines: [{ productId: productId(), quantity: quantity(10) }],
  });
  const counted = await device.till.adjust({
    reason: 'lost',
    lines: [{ productId: productId(), delta: quantity(-2) }],
  });
  expect([sold.ok, refunded.ok, received.ok, counted.ok]).toEqual([true, true, true, true]);
  expect(device.stock.onHand(productId())).toBe(before - 3 + 1 + 10 - 2);
  expect(device.stock.explain(productId()).onHand).toBe(before + 6);
  const waiting = device.sync.status.get().waitingEntries;
  await device.close();
  device = await openDevice(deps);
  expect(device.stock.onHand(productId())).toBe(before + 6);
  expect(device.sync.status.get().waitingEntries).toBe(waiting);
  expect(device.company.person.get()).toBeDefined();
});

test('[I5] [RCP2] receipt numbers go on without gaps over restarts', async () => {
  const numbers: number[] = [];
  for (let restart = 0; restart < 3; restart += 1) {
    for (let sale = 0; sale < 2; sale += 1) {
      const sold = await sell(cartOf(1));
      if (sold.ok) numbers.push(sold.value.body.receiptNo);
    }
    await device.till.adjust({ reason: 'found', lines: [{ productId: productId(), delta: quantity(1) }] });
    await device.close();
    device = await openDevice(deps);
  }
  const first = must(numbers[0], 'a number');
  expect(numbers).toEqual([0, 1, 2, 3, 4, 5].map((step) => first + step));
  const entries = [...(await device.till.recent(1_000))].reverse();
  expect(entries[0]?.seq).toBe(1);
  expect(findChainFault(entries)).toBeNull();
});

test('[I14] [F28] a cart is sold once: at once, on a second tap, and after a restart', async () => {
  const cart = cartOf(1);
  expect(device.till.check(cart)).toBeNull();
  const both = await Promise.all([sell(cart), sell(cart)]);
  expect(both.map((sold) => sold.ok)).toEqual([true, false]);
  expect(device.till.check(cart)).toEqual({ code: 'cart-sold' });
  await device.close();
  device = await openDevice(deps);
  expect(device.till.check(cart)).toEqual({ code: 'cart-sold' });
  expect(await sell(cart)).toEqual({ ok: false, error: { code: 'cart-sold' } });
});

const UNREADABLE: [string, () => Cart, string][] = [
  ['half a surrogate pair', () => cartOf(1, { note: 'bad \ud800 text' }), 'unreadable'],
  ['a text that is too long', () => cartOf(1, { note: 'x'.repeat(STRING_BYTES_MAX + 1) }), 'unreadable'],
  ['a field beyond its shape', () => cartOf(1, { note: 'x'.repeat(201) }), 'unreadable'],
  ['a card number in a note', () => cartOf(1, { note: 'kartu 4111 1111 1111 1111' }), 'card-number'],
  ['a name that is empty', () => cartOf(1, { name: '' }), 'unreadable'],
  ['more lines than fit', () => cartOf(3_000), 'unreadable'],
];

test.each<[string, () => Cart, string]>([
  ['an empty cart', () => cartOf(0), 'empty-cart'],
  ...UNREADABLE,
  [
    'money beyond the safe integers',
    () => cartOf(2, { unitPrice: Number.MAX_SAFE_INTEGER as never }),
    'amount-too-large',
  ],
])('[TILL1] [F31] %s is refused before payment, and writes nothing', async (_name, make, code) => {
  const before = (await device.till.recent(1))[0]?.id;
  const cart = make();
  expect(device.till.check(cart)).toMatchObject({ code });
  expect(await device.till.sell(cart, [payExactly('cash', 0 as never)])).toMatchObject({ ok: false, error: { code } });
  expect((await device.till.recent(1))[0]?.id).toBe(before);
});

test.each(UNREADABLE)('[TILL26] [F31] %s is not written though it was paid in full', async (_name, make, code) => {
  const first = await sell(cartOf(1));
  expect(await sell(make())).toMatchObject({ ok: false, error: { code } });
  const next = await sell(cartOf(1));
  if (!first.ok || !next.ok) throw new Error('A readable sale was refused.');
  expect(next.value.seq).toBe(first.value.seq + 1);
  expect(next.value.body.receiptNo).toBe(first.value.body.receiptNo + 1);
});

test('[TILL26] a payment that cannot even be sealed is told as what it is', async () => {
  const cart = cartOf(1);
  const payment = { ...payExactly('qris', dueOf(cart)), reference: 'bad \ud800 text' };
  expect(await device.till.sell(cart, [payment])).toMatchObject({ ok: false, error: { code: 'unreadable' } });
  expect((await sell(cart)).ok).toBe(true);
});

test('[TILL1] what the check let pass is sold, with the largest payments too', async () => {
  let lines = 700;
  while (device.till.check(cartOf(lines + 50)) === null) lines += 50;
  const cart = cartOf(lines);
  const due = dueOf(cart);
  const tenth = Math.floor(due / 8);
  const amounts = Array.from({ length: 8 }, (_, index) => (index === 7 ? due - 7 * tenth : tenth));
  const payments = amounts.map((amount) => ({
    ...payExactly('credit', amount as never),
    reference: '\u{1F4B3}'.repeat(60),
  }));
  expect(await device.till.sell(cart, payments)).toMatchObject({ ok: true });
});

test('[TILL1] payments that do not add up write nothing', async () => {
  const cart = cartOf(1);
  expect(await device.till.sell(cart, [])).toEqual({ ok: false, error: { code: 'too-little-given' } });
  expect(await device.till.sell(cart, [payExactly('cash', (dueOf(cart) - 1) as never)])).toMatchObject({ ok: false });
  expect(device.till.check(cart)).toBeNull();
});

test('[TILL4] a receipt is found by its number; it is safe on this till only', async () => {
  const sold = await sell(cartOf(2));
  if (!sold.ok) throw new Error('not sold');
  expect(await device.till.findReceipt(sold.value.body.receipt)).toEqual(sold.value);
  expect(await device.till.findReceipt('K1-1-999999')).toBeUndefined();
  expect(await device.till.findReceipt('nonsense')).toBeUndefined();
  expect(device.till.safety(sold.value.id)).toBe('device');
  expect((await device.office.sales(1))[0]).toMatchObject({ id: sold.value.id, till: 'K1', safety: 'device' });
  expect(await device.office.entry(sold.value.id)).toEqual(sold.value);
  const original = { receipt: 'K1-1-999999' };
  expect(
    await device.till.refund({
      cart: cartOf(1),
      payments: [payExactly('cash', dueOf(cartOf(1)))],
      original,
      reason: 'x',
    }),
  ).toEqual({ ok: false, error: { code: 'no-original' } });
});

test('[TAB1] another tab takes the device over: this one writes nothing more, and can take it back', async () => {
  const other = must(await deps.lock.acquire('laci-K1', { steal: true }), 'the lock');
  await expect.poll(() => device.active.get(), { timeout: 10_000 }).toBe(false);
  expect(device.till.check(cartOf(1))).toEqual({ code: 'not-active' });
  expect(await sell(cartOf(1))).toMatchObject({ ok: false, error: { code: 'not-active' } });
  expect(
    await device.till.adjust({ reason: 'x', lines: [{ productId: productId(), delta: quantity(1) }] }),
  ).toMatchObject({
    ok: false,
  });
  await device.takeOver();
  expect(device.active.get()).toBe(true);
  await other.release();
  expect(await sell(cartOf(1))).toMatchObject({ ok: true });
});

test('[TAB1] a device that another tab holds opens read-only', async () => {
  await device.close();
  const other = must(await deps.lock.acquire('laci-K1', { steal: false }), 'the lock');
  device = await openDevice(deps);
  expect([device.active.get(), device.catalogue.count(), (await device.till.recent(1)).length]).toEqual([false, 12, 1]);
  await device.takeOver();
  expect(await sell(cartOf(1))).toMatchObject({ ok: true });
  await other.release();
});

test('[ENR2] a slot is enrolled once', async () => {
  expect(await enrolDevice(deps, { serverAddress: '', code: 'k7m2pq9x' })).toEqual({
    ok: false,
    error: 'already-enrolled',
  });
});

test.each([
  ['http://127.0.0.1:9', 'offline'],
  ['ftp://shop', 'bad-address'],
])('[ENR1] enrolling at %s answers %s', async (serverAddress, error) => {
  const slot = createNodeDeps('K9', shop.origin);
  expect(await enrolDevice(slot, { serverAddress, code: 'k7m2pq9x' })).toEqual({ ok: false, error });
});
