import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Payment } from '../../schema/entry/payment.ts';
import { type CartId, customerIdShape } from '../../schema/ids.ts';
import { type Money, money } from '../../schema/money.ts';
import { quantity } from '../../schema/quantity.ts';
import { type Cart, payCash, payExactly, priceCart } from '../../schema/receipt.ts';
import { must } from '../../schema/result.ts';
import type { Device } from './device.ts';
import type { DeviceDeps } from './device-deps.ts';
import { enrolDevice } from './enrol-device.ts';
import { FOUND_MAX } from './find-receipts.ts';
import { createNodeDeps } from './node-device.ts';
import { inStep } from './node-sale.ts';
import { type NodeShop, startNodeShop } from './node-shop.ts';
import { openDevice } from './open-device.ts';
import { when } from './when.ts';

/** Two tills of one shop, one open at a time: what one sells, the other confirms. */
let shop: NodeShop;
const deps: Record<string, DeviceDeps> = {};
let device: Device;
let carts = 0;
/** How long a device may take to hear of what another did. */
const WAIT = { timeout: 10_000 };

const open = async (till: 'K1' | 'K2' | 'M1') => {
  device = await openDevice(must(deps[till], till));
  await when(device.sync.status, ({ ready }) => ready);
};

beforeAll(async () => {
  shop = await startNodeShop(3);
  for (const till of ['K1', 'K2', 'M1'] as const) {
    deps[till] = createNodeDeps(till, shop.origin);
    await enrolDevice(must(deps[till], till), { serverAddress: '', code: shop.code(till) });
    await open(till);
    await device.company.choosePerson(must(device.company.people.get()[0], 'a person').person);
    await device.close();
  }
});
afterAll(() => shop.close());
beforeEach(() => open('K1'));
afterEach(() => device.close());

const BUDI = { id: customerIdShape.parse('pak-budi'), name: 'Pak Budi' };
const TINI = { id: customerIdShape.parse('ibu-tini'), name: 'Ibu Tini' };
function cartOf(unitPrice: number, more: Partial<Cart> = {}): Cart {
  const { id: productId, rev, name, unitScale, taxId } = must(device.catalogue.byBarcode('1001'), 'a product');
  carts += 1;
  const line = { productId, rev, name, unitPrice: money(unitPrice), unitScale, taxId, quantity: quantity(1) };
  return { cartId: `cart-${String(carts).padStart(8, '0')}` as CartId, lines: [line], ...more };
}
async function sell(cart: Cart, ...payments: Payment[]) {
  const sale = await device.till.sell(cart, payments);
  if (!sale.ok) throw new Error(sale.error.code);
  return sale.value;
}
const totalOf = (cart: Cart): Money => priceCart(cart, must(device.company.rules.get(), 'rules')).totals.due;
const qris = (amount: number, reference: string): Payment => ({
  ...payExactly('qris', money(amount)),
  reference,
  confirmed: false,
});

test('[PAY2] a sale is paid in parts; parts that do not add up write nothing, and eight are the most that a check leaves room for', async () => {
  const cart = cartOf(50_000);
  const card = { brand: 'GPN', last4: '4321', approval: '004217' };
  const parts = [payCash(money(20_000), money(20_000)), { ...payExactly('card', money(20_000)), card }];
  expect(await device.till.sell(cart, parts)).toMatchObject({ ok: false, error: { code: 'too-little-given' } });
  const sale = await sell(cart, ...parts, payExactly('cash', money(10_000)));
  expect(sale.body.payments.map(({ tender, amount }) => [tender, amount])).toEqual([
    ['cash', 20_000],
    ['card', 20_000],
    ['cash', 10_000],
  ]);
});

test('[PAY3] money that was taken is on disk with its cart before the next step, and is there after a restart until the sale is', async () => {
  const cart = cartOf(50_000);
  const taken = { cart, open: cart, payments: [payExactly('card', money(30_000))], begun: null };
  await device.payments.keepTaken(taken);
  await device.close();
  await open('K1');
  expect(device.payments.taken.get()).toEqual(taken);
  await sell(cart, ...taken.payments, payExactly('cash', money(20_000)));
  // The till died before it could forget what was taken.
  await device.close();
  await open('K1');
  expect(device.payments.taken.get()).toBeNull();
});

test('[PAY4] a QRIS payment is listed until a confirmation of any device names it', async () => {
  const sale = await sell(cartOf(15_000), qris(15_000, 'K1-ABC'));
  await sell(cartOf(9_000), payExactly('cash', money(9_000)));
  const listed = { sale: sale.id, payment: 0, amount: 15_000, reference: 'K1-ABC', receipt: sale.body.receipt };
  expect(device.payments.unconfirmed()).toEqual([expect.objectContaining(listed)]);
  await inStep(device);
  await device.close();
  await open('K2');
  await vi.waitFor(() => expect(device.payments.unconfirmed()).toEqual([expect.objectContaining(listed)]), WAIT);
  await device.payments.confirm({ sale: sale.id, payment: 0, reference: 'RRN 1' });
  expect(device.payments.unconfirmed()).toEqual([]);
  await inStep(device);
  await device.close();
  await open('K1');
  await vi.waitFor(() => expect(device.payments.isConfirmed(sale.id, 0)).toBe(true), WAIT);
  expect(device.payments.unconfirmed()).toEqual([]);
  // Read from disk it is the same.
  await device.close();
  await open('K1');
  expect(device.payments.unconfirmed()).toEqual([]);
});

test('[PAY4] store credit that is paid back by QRIS waits for its confirmation like a sale', async () => {
  const paid = { customer: customerIdShape.parse('pak-agus'), name: 'Pak Agus', payment: qris(5_000, 'K1-GHI') };
  const written = await device.payments.payBack(paid);
  if (!written.ok) throw new Error(written.error.code);
  const waiting = { sale: written.value.id, payment: 0, amount: 5_000, receipt: 'Pak Agus' };
  expect(device.payments.unconfirmed()).toEqual([expect.objectContaining(waiting)]);
  await device.payments.confirm({ sale: written.value.id, payment: 0, reference: '' });
  expect(device.payments.unconfirmed()).toEqual([]);
});

test('[PAY3] [F23] a vault that fails loses no money that was taken while the till is on', async () => {
  const vault = must(deps.K1, 'K1').vault;
  const { change } = vault;
  const failing = { change: () => Promise.reject(new Error('The disk failed.')) };
  Object.assign(vault, failing);
  const cart = cartOf(5_000);
  const taken = { cart, open: cart, payments: [payExactly('card', money(3_000))], begun: null };
  await expect(device.payments.keepTaken(taken)).rejects.toThrow('The disk failed.');
  expect(device.payments.taken.get()).toEqual(taken);
  Object.assign(vault, { change });
  await device.payments.keepTaken(null);
});

test('[TAB2] [PAY3] a tab that was taken over while it slept notes no money over what the other noted', async () => {
  const { vault } = must(deps.K1, 'K1');
  const cart = cartOf(5_000);
  const taken = { cart, open: cart, payments: [payExactly('card', money(3_000))], begun: null };
  await device.payments.keepTaken(taken);
  // What another tab does first when it takes over; this one has not heard of it.
  await vault.change('holder', (n = 0) => n + 1);
  await expect(device.payments.keepTaken(null)).rejects.toThrow();
  expect(await vault.get('taken')).toEqual(taken);
  // The other tab has gone again here, so this one goes on from what it left.
  expect(device.payments.taken.get()).toEqual(taken);
  await device.payments.keepTaken(null);
  expect(await vault.get('taken')).toBeNull();
});

test('[PAY9] money paid back by a terminal is on disk before it is asked, and asked about until it is written, once', async () => {
  const begun = { tender: 'card', amount: money(7_000), reference: 'K1-BACK-1' } as const;
  const asked = { customer: BUDI.id, name: BUDI.name, begun };
  await device.payments.keepPayingBack(asked);
  await device.close();
  await open('K1');
  expect(device.payments.payingBack.get()).toMatchObject(asked);
  const owed = device.payments.owes(BUDI.id);
  const payment = { ...payExactly('card', begun.amount), reference: begun.reference };
  const kept = await must(deps.K1, 'K1').vault.get('payingBack');
  expect(await device.payments.payBack({ customer: BUDI.id, name: BUDI.name, payment })).toMatchObject({ ok: true });
  expect(device.payments.payingBack.get()).toBeNull();
  expect(device.payments.owes(BUDI.id)).toBe(owed - 7_000);
  // The till died before it could forget that it asked.
  await must(deps.K1, 'K1').vault.put('payingBack', must(kept ?? undefined, 'what was asked'));
  await device.close();
  await open('K1');
  expect(device.payments.payingBack.get()).toBeNull();
  await device.payments.keepPayingBack(asked);
  await device.payments.keepPayingBack(null);
  await device.close();
  await open('K1');
  expect(device.payments.payingBack.get()).toBeNull();
});

test('[PAY10] what was paid back is listed newest first, and its tender corrected: the debt stays, the drawer does not', async () => {
  const owed = device.payments.owes(BUDI.id);
  await device.shift.open(money(0));
  const paid = { customer: BUDI.id, name: BUDI.name, payment: payExactly('cash', money(4_000)) };
  const written = await device.payments.payBack(paid);
  const id = written.ok ? written.value.id : null;
  expect(device.payments.paidBack()[0]).toMatchObject({ id, name: BUDI.name, payment: paid.payment });
  const body = {
    sale: must(id ?? undefined, 'an entry'),
    payment: 0,
    from: 'cash',
    to: 'card',
    amount: money(4_000),
  } as const;
  expect(await device.payments.correct(body)).toMatchObject({ ok: true });
  expect(device.payments.owes(BUDI.id)).toBe(owed - 4_000);
  expect(await device.shift.report()).toMatchObject({
    creditPaid: 0,
    paidBack: [
      { tender: 'card', amount: 4_000 },
      { tender: 'cash', amount: 0 },
    ],
  });
  await device.shift.close({ countedCash: money(0) });
});

test('[PAY11] [TILL24] two tills that corrected one payment apart are told when they meet, and so is the office', async () => {
  const sale = await sell(cartOf(31_000), payExactly('cash', money(31_000)));
  await inStep(device);
  await device.close();
  await open('K2');
  await vi.waitFor(async () => expect(await device.office.entry(sale.id)).toBeDefined(), WAIT);
  expect(device.till.safety(sale.id)).toBe('server');
  await device.close();
  await shop.kill();
  const correction = { sale: sale.id, payment: 0, from: 'cash', to: 'card', amount: money(31_000) } as const;
  for (const till of ['K1', 'K2'] as const) {
    device = await openDevice(must(deps[till], till));
    expect(await device.payments.correct(correction)).toMatchObject({ ok: true });
    await device.close();
  }
  await shop.restart();
  for (const till of ['K2', 'K1', 'K2', 'M1'] as const) {
    await open(till);
    await inStep(device);
    await device.close();
  }
  for (const till of ['K1', 'K2', 'M1'] as const) {
    await open(till);
    await when(device.disk.findings, (all) =>
      all.some(({ kind, about }) => kind === 'corrected-twice' && about === sale.id),
    );
    await device.close();
  }
  await open('K1');
});

test('[CRD5] what a customer owes is what was sold on credit less what came back, over both tills, before and after they meet', async () => {
  await sell(
    cartOf(40_000, { customer: TINI }),
    payExactly('cash', money(10_000)),
    payExactly('credit', money(30_000)),
  );
  expect(device.payments.owes(TINI.id)).toBe(30_000);
  await inStep(device);
  expect(device.payments.owes(TINI.id)).toBe(30_000);
  await device.close();
  await open('K2');
  await vi.waitFor(() => expect(device.payments.owes(TINI.id)).toBe(30_000), WAIT);
  const paid = { customer: TINI.id, name: TINI.name, payment: payExactly('cash', money(12_000)) };
  expect(await device.payments.payBack(paid)).toMatchObject({ ok: true });
  expect(device.payments.owes(TINI.id)).toBe(18_000);
  await inStep(device);
  const { parts } = device.payments.explainAccount(TINI.id);
  expect(parts.map(({ in: back, out }) => [back, out]).sort()).toEqual([
    [0, 30_000],
    [12_000, 0],
  ]);
});

test('[PAY6] a corrected tender is an entry of its own: the sale stays, and a payment that was no QRIS waits for no confirmation', async () => {
  const sale = await sell(cartOf(21_000, { customer: TINI }), qris(21_000, 'K1-DEF'));
  const owed = device.payments.owes(TINI.id);
  const body = {
    sale: sale.id,
    payment: 0,
    from: 'qris',
    to: 'credit',
    amount: money(21_000),
    customer: TINI.id,
  } as const;
  expect(await device.payments.correct(body)).toMatchObject({ ok: true });
  expect(device.payments.corrections(sale.id)).toEqual([expect.objectContaining(body)]);
  expect(device.payments.unconfirmed()).toEqual([]);
  expect(device.payments.owes(TINI.id)).toBe(owed + 21_000);
});

test('[PAY7] a receipt is found again by its amount, by one payment, by its time and by the last four digits, newest first', async () => {
  const card = { brand: 'Visa', last4: '9876', approval: '1' };
  const first = await sell(cartOf(77_700), payCash(money(70_000), money(70_000)), {
    ...payExactly('card', money(7_700)),
    card,
  });
  const second = await sell(cartOf(77_700), payExactly('cash', money(77_700)));
  const found = async (query: Parameters<Device['payments']['find']>[0]) =>
    (await device.payments.find(query)).map(({ id }) => id);
  expect(await found({ amount: money(77_700) })).toEqual(expect.arrayContaining([second.id, first.id]));
  expect(await found({ amount: money(7_700) })).toEqual([first.id]);
  expect(await found({ last4: '9876' })).toEqual([first.id]);
  expect(await found({ amount: money(77_700), last4: '9876' })).toEqual([first.id]);
  expect(await found({ amount: money(77_700), to: first.at })).toEqual([]);
  expect(await found({ amount: money(1) })).toEqual([]);
  const all = await device.payments.find({});
  expect(all.length).toBeLessThanOrEqual(FOUND_MAX);
  expect(all.map(({ at }) => at)).toEqual([...all.map(({ at }) => at)].sort((left, right) => right - left));
});

test('[RND2] with rounding set, cash settles a sale at the rounded sum and the receipt says so; other tenders are exact', async () => {
  await device.close();
  await open('M1');
  const cashRounding = { to: money(100), rule: 'down' as const };
  expect(await device.payments.saveSettingsNow({ cashRounding })).toMatchObject({ ok: true });
  await when(device.company.rules, (now) => now?.cashRounding !== undefined);
  const cart = cartOf(12_345);
  const rounded = await sell(cart, payCash(money(12_300), money(20_000)));
  expect(rounded.body.totals).toMatchObject({ total: totalOf(cart), rounding: -45, due: 12_300 });
  const exact = await sell(cartOf(12_345), payExactly('card', money(12_345)));
  expect(exact.body.totals).toMatchObject({ rounding: 0, due: 12_345 });
  expect(await device.till.sell(cartOf(12_345), [payExactly('cash', money(12_340))])).toMatchObject({ ok: false });
});
