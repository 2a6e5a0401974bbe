import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Sale } from '../../schema/entry/sale.ts';
import { exchangePayments } from '../../schema/exchange.ts';
import type { CartId, EntryId } from '../../schema/ids.ts';
import { money, ZERO } from '../../schema/money.ts';
import { quantity } from '../../schema/quantity.ts';
import { type Cart, payExactly, priceCart } from '../../schema/receipt.ts';
import { refundCart, refundRules } from '../../schema/refund.ts';
import { must } from '../../schema/result.ts';
import type { Device, RefundDraft } from './device.ts';
import type { DeviceDeps } from './device-deps.ts';
import { enrolDevice } from './enrol-device.ts';
import { createNodeDeps } from './node-device.ts';
import { inStep } from './node-sale.ts';
import { type NodeShop, startNodeShop } from './node-shop.ts';
import { openDevice } from './open-device.ts';
import type { Exchange } from './returns.ts';
import { when } from './when.ts';

/** Two tills and a manager of one real shop; one of them is open at a time, because RxDB opens few collections in one process. */
let shop: NodeShop;
let open: { readonly name: string; readonly device: Device } | null = null;
const deps: Record<string, DeviceDeps> = {};

async function at(name: string): Promise<Device> {
  await open?.device.close();
  const device = await openDevice(must(deps[name], name));
  open = { name, device };
  return device;
}

beforeAll(async () => {
  shop = await startNodeShop(5);
  for (const name of ['K1', 'K2', 'M1']) {
    const made = createNodeDeps(name, shop.origin);
    deps[name] = made;
    expect(await enrolDevice(made, { serverAddress: '', code: shop.code(name) })).toMatchObject({ ok: true });
    const device = await at(name);
    await when(device.sync.status, ({ ready }) => ready);
    await device.company.choosePerson(must(device.company.people.get()[0], 'a person').person);
  }
});
afterAll(async () => {
  await open?.device.close();
  await shop.close();
});

let carts = 0;
function cartOf(device: Device, units: number, barcode = '1001'): Cart {
  carts += 1;
  const {
    id: productId,
    rev,
    name,
    price: unitPrice,
    unitScale,
    taxId,
  } = must(device.catalogue.byBarcode(barcode), 'a product');
  const line = { productId, rev, name, unitPrice, unitScale, taxId, quantity: quantity(units) };
  return { cartId: `return-${String(carts).padStart(6, '0')}` as CartId, lines: [line] };
}
const rules = (device: Device) => must(device.company.rules.get(), 'rules');

async function sell(device: Device, units: number): Promise<Sale> {
  const cart = cartOf(device, units);
  const sold = await device.till.sell(cart, [payExactly('cash', priceCart(cart, rules(device)).totals.due)]);
  if (!sold.ok) throw new Error(sold.error.code);
  return sold.value;
}

function draftOf(device: Device, sale: Sale, units: number, before = 0): RefundDraft {
  carts += 1;
  const cart = refundCart(`return-${String(carts).padStart(6, '0')}` as CartId, sale.body, [
    { quantity: units, before },
  ]);
  const { due } = priceCart(cart, refundRules(rules(device), sale.body)).totals;
  const original = { entry: sale.id, receipt: sale.body.receipt };
  return { cart, payments: [payExactly('cash', due)], original, reason: 'rusak' };
}
const refund = (device: Device, sale: Sale, units: number, before = 0) =>
  device.till.refund(draftOf(device, sale, units, before));

/** Resolves when another till's entry has been pulled. */
async function arrived({ office }: Device, id: EntryId): Promise<void> {
  for (;;) {
    const version = office.version.get();
    if (await office.entry(id)) return;
    await when(office.version, (next) => next !== version);
  }
}

const told = ({ disk }: Device, sale: Sale) =>
  when(disk.findings, (all) =>
    all.some(({ kind, detail }) => kind === 'over-refunded' && detail.receipt === sale.body.receipt),
  );

test('[RET3] no more comes back than was sold, of own refunds and those that were pulled', async () => {
  const one = await at('K1');
  const sale = await sell(one, 3);
  const back = await refund(one, sale, 2);
  expect(back).toMatchObject({ ok: true, value: { body: { original: { entry: sale.id } } } });
  expect(await refund(one, sale, 2, 2)).toMatchObject({ error: { code: 'more-than-sold' } });
  await inStep(one);
  const two = await at('K2');
  await inStep(two);
  await arrived(two, back.ok ? back.value.id : sale.id);
  expect(await two.returns.known(sale)).toHaveLength(1);
  expect(await refund(two, sale, 2)).toMatchObject({ error: { code: 'more-than-sold' } });
  expect(await refund(two, sale, 1, 2)).toMatchObject({ ok: true });
  await inStep(two);
});

test('[RET6] two tills that could not hear each other are both told when they meet, and so is the office', async () => {
  const sale = await sell(await at('K1'), 2);
  await inStep(must(open, 'K1').device);
  await inStep(await at('K2'));
  await shop.kill();
  expect(await refund(must(open, 'K2').device, sale, 1)).toMatchObject({ ok: true });
  expect(await refund(await at('K1'), sale, 2)).toMatchObject({ ok: true });
  await shop.restart();
  await inStep(await at('K2'));
  expect(must(open, 'K2').device.disk.findings.get()).toEqual([]);
  for (const name of ['K1', 'K2', 'M1']) {
    const device = await at(name);
    await inStep(device);
    await told(device, sale);
  }
  const rows = await must(open, 'M1').device.office.sales(50);
  expect(rows.flatMap(({ flags }) => flags)).toContainEqual(expect.stringMatching(/^over-refunded:/));
});

async function exchangeOf(one: Device, sale: Sale, units: number, by = rules(one)): Promise<Exchange> {
  const draft = draftOf(one, sale, 1);
  const cart = cartOf(one, units, '1002');
  const [back, out] = [
    priceCart(draft.cart, refundRules(by, sale.body)).totals.total,
    priceCart(cart, by).totals.total,
  ];
  const payments = exchangePayments(back, out, 'cash', by.cashRounding);
  const exchange = `exchange-${carts}`;
  return {
    refund: { ...draft, cart: { ...draft.cart, exchange }, payments: payments.refund },
    sale: { cart: { ...cart, exchange }, payments: payments.sale },
    rules: by,
  };
}

test('[RET8] [RET9] an exchange writes a refund and a sale that name it, and adds up in the Z report', async () => {
  const one = await at('K1');
  await one.shift.open(ZERO);
  const sale = await sell(one, 1);
  const wish = await exchangeOf(one, sale, 2);
  const done = await one.returns.exchange(wish);
  if (!done.ok) throw new Error(done.error.code);
  const { refund: back, sale: out } = done.value;
  expect([back.body.exchange, out.body.exchange]).toEqual([wish.sale.cart.exchange, wish.sale.cart.exchange]);
  expect(one.returns.pending.get()).toBeNull();
  const z = await one.shift.close({ countedCash: ZERO });
  const sums = new Map((z.ok ? z.value.entry.body.tenders : []).map(({ tender, amount }) => [tender, amount]));
  expect(sums.get('exchange')).toBe(0);
  expect(sums.get('cash')).toBe(sale.body.totals.due + out.body.totals.due - back.body.totals.due);
});

test('[RET9] an exchange whose tab ended between its halves is finished once, whatever was written', async () => {
  let one = await at('K1');
  const sale = await sell(one, 2);
  const wish = await exchangeOf(one, sale, 1);
  await must(deps.K1, 'K1').vault.put('exchange', wish);
  expect(await one.till.refund(wish.refund)).toMatchObject({ ok: true });
  one = await at('K1');
  expect(one.returns.pending.get()).toEqual(wish);
  expect(await one.returns.exchange(await exchangeOf(one, sale, 1))).toMatchObject({
    error: { code: 'exchange-open' },
  });
  expect(await one.returns.drop()).toBe(false);
  expect(await one.returns.finish()).toEqual({ ok: true, value: null });
  expect(await one.returns.finish()).toEqual({ ok: true, value: null });
  const written = (await one.till.recent(50)).filter(
    ({ kind, body }) => (kind === 'sale' || kind === 'refund') && body.exchange === wish.sale.cart.exchange,
  );
  expect(written.map(({ kind }) => kind)).toEqual(['sale', 'refund']);
});

test('[RET9] an exchange is finished by the rules that its money was computed with, whatever the rules are by then', async () => {
  let one = await at('K1');
  const sale = await sell(one, 1);
  const now = rules(one);
  const taxes = now.taxes.map((tax) => ({ ...tax, rate: { num: 13, den: 100 }, inclusive: false }));
  const then = { ...now, taxes, cashRounding: { to: money(1_000), rule: 'up' as const } };
  const wish = await exchangeOf(one, sale, 3, then);
  await must(deps.K1, 'K1').vault.put('exchange', wish);
  one = await at('K1');
  expect(rules(one)).toEqual(now);
  expect(await one.returns.finish()).toEqual({ ok: true, value: null });
  const [out] = await one.till.recent(1);
  expect(out).toMatchObject({ kind: 'sale', body: { cartId: wish.sale.cart.cartId, payments: wish.sale.payments } });
});

test('[RET9] one of which nothing is written yet can be given up', async () => {
  let one = await at('K1');
  const sale = await sell(one, 1);
  await must(deps.K1, 'K1').vault.put('exchange', await exchangeOf(one, sale, 1));
  one = await at('K1');
  expect(await one.returns.drop()).toBe(true);
  expect(one.returns.pending.get()).toBeNull();
  expect((await one.till.recent(1))[0]?.id).toBe(sale.id);
});
