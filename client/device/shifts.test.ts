import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { BodyOf } from '../../schema/entry/entry.ts';
import type { CartId, ShiftId } from '../../schema/ids.ts';
import { type Money, money } from '../../schema/money.ts';
import { payExactly, priceCart } from '../../schema/receipt.ts';
import { must } from '../../schema/result.ts';
import { followsFrom } from '../../schema/shift-report.ts';
import type { Device } from './device.ts';
import type { DeviceDeps } from './device-deps.ts';
import { enrolDevice } from './enrol-device.ts';
import { createNodeDeps } from './node-device.ts';
import { sellOne } from './node-sale.ts';
import { type NodeShop, startNodeShop } from './node-shop.ts';
import { openDevice } from './open-device.ts';
import { when } from './when.ts';

/** A till whose server is gone: shifts are the till's own. */
let shop: NodeShop;
let deps: DeviceDeps;
let device: Device;
let carts = 0;

beforeAll(async () => {
  shop = await startNodeShop(3);
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

const sell = () => {
  carts += 1;
  return sellOne(device, '1001', carts);
};
const FLOAT = 200_000 as Money;
const counted = (countedCash: number) => device.shift.close({ countedCash: money(countedCash) });

async function openShift(): Promise<ShiftId> {
  const opened = await device.shift.open(FLOAT);
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value;
}

async function closeShift(countedCash = 0): Promise<BodyOf<'shift-close'>> {
  const closed = await counted(countedCash);
  if (!closed.ok) throw new Error(closed.error.code);
  return closed.value.entry.body;
}

const price = () => must(device.catalogue.byBarcode('1001'), 'a product').price;

test('[SHF1] a shift opens with a float, only one at a time, and outlives a reload', async () => {
  expect(device.shift.current.get()).toBeNull();
  const shift = await openShift();
  expect(device.shift.current.get()).toMatchObject({ shift, float: FLOAT });
  expect(await device.shift.open(FLOAT)).toMatchObject({ error: { code: 'shift-open' } });
  await device.close();
  device = await openDevice(deps);
  expect(device.shift.current.get()).toMatchObject({ shift, float: FLOAT });
  await closeShift();
  expect(device.shift.current.get()).toBeNull();
  expect(await counted(0)).toMatchObject({ error: { code: 'no-shift' } });
});

test('[SHF2] what is sold and moved names the open shift, and is written without one', async () => {
  const before = await sell();
  expect(before.body).not.toHaveProperty('shift');
  const shift = await openShift();
  expect((await sell()).body).toMatchObject({ shift });
  const put = await device.shift.cashIn({ amount: 50_000 as Money, reason: 'kembalian' });
  const recorded = await device.till.record('cash-out', { amount: 5_000 as Money, reason: 'es batu' });
  expect(put.ok && recorded.ok && recorded.value.body).toMatchObject({ shift });
  expect(await closeShift()).toMatchObject({ cashIn: 50_000, cashOut: 5_000, outside: { sales: 1 } });
});

test('[SHF5] [SHF4] an X report says what is so far, and changes nothing', async () => {
  await openShift();
  await sell();
  const [entries] = await device.till.recent(1);
  const report = must(await device.shift.report(), 'a report');
  expect(report).toMatchObject({ sales: 1, float: FLOAT, expectedCash: FLOAT + price(), outside: { sales: 0 } });
  expect(await device.shift.report()).toEqual(report);
  expect(await device.till.recent(1)).toEqual([entries]);
  await closeShift();
  expect(await device.shift.report()).toBeNull();
});

test('[SHF8] [SHF7] Z reports follow one another without a gap, and say what the entries say', async () => {
  const last = must((await device.shift.reports(1))[0], 'a Z report').entry.body;
  await sell();
  await openShift();
  await sell();
  const refund = { cartId: `refund-${carts}` as CartId, lines: (await lastSale()).lines };
  const due = priceCart(refund, must(device.company.rules.get(), 'rules')).totals.due;
  await device.till.refund({ cart: refund, payments: [payExactly('cash', due)], reason: 'rusak' });
  const z = await closeShift(150_000);
  expect(z).toMatchObject({ zNo: last.zNo + 1, sales: 1, refunds: 1, countedCash: 150_000, expectedCash: FLOAT });
  expect(z.covers?.from).toBe(must(last.covers, 'covers').to + 2);
  const all = await device.till.recent(1_000);
  const entries = all.toReversed().filter(({ seq }) => seq >= (z.covers?.from ?? 0) && seq <= (z.covers?.to ?? 0));
  expect(followsFrom(z, entries, last.perpetualTotal)).toBe(true);
  expect(z.perpetualTotal - last.perpetualTotal).toBe(price());
});

async function lastSale() {
  const sale = (await device.till.recent(20)).find(({ kind }) => kind === 'sale');
  if (sale?.kind !== 'sale') throw new Error('Nothing was sold.');
  const lines = sale.body.lines.map((line) => ({ ...line, unitScale: line.unitScale ?? 1 }));
  return { ...sale.body, lines };
}

test('[SHF9] offline, with everything unsent and a payment that nobody confirmed, a shift closes and lists it', async () => {
  await openShift();
  carts += 1;
  const { productId, name, unitPrice, quantity } = must((await lastSale()).lines[0], 'a line');
  const cart = {
    cartId: `qris-${carts}-00` as CartId,
    lines: [{ productId, name, unitPrice, quantity, unitScale: 1, taxId: undefined }],
  };
  const due = priceCart(cart, must(device.company.rules.get(), 'rules')).totals.due;
  const sold = await device.till.sell(cart, [{ tender: 'qris', amount: due, confirmed: false }]);
  expect(device.sync.status.get()).toMatchObject({ connection: expect.not.stringMatching('online') });
  expect(device.sync.status.get().waitingEntries).toBeGreaterThan(0);
  const z = await closeShift(FLOAT);
  expect(z.unconfirmed).toEqual([{ sale: sold.ok && sold.value.id, payment: 0, amount: due }]);
});

test('[SHF8] a sale that is written while a shift is being closed is in its Z report or in the next one', async () => {
  await openShift();
  const [, closed] = await Promise.all([sell(), closeShift(), sell()]);
  await openShift();
  const next = await closeShift();
  expect(closed.sales + (closed.outside?.sales ?? 0) + (next.outside?.sales ?? 0)).toBe(2);
  expect(next.zNo).toBe(closed.zNo + 1);
});

test('[SHF13] Z reports are listed newest first, with their till', async () => {
  const reports = await device.shift.reports(3);
  expect(reports.map(({ till }) => till)).toEqual(['K1', 'K1', 'K1']);
  const numbers = reports.map(({ entry }) => entry.body.zNo);
  expect(numbers).toEqual([...numbers].sort((left, right) => right - left));
});

test('[SHF1] a second press opens no second shift', async () => {
  const [first, second] = await Promise.all([device.shift.open(FLOAT), device.shift.open(FLOAT)]);
  expect(first).toMatchObject({ ok: true });
  expect(second).toMatchObject({ ok: false, error: { code: 'shift-open' } });
  expect(device.shift.current.get()?.shift).toBe(first.ok && first.value);
  await closeShift();
});
