import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DraftId } from '../../schema/draft.ts';
import { money } from '../../schema/money.ts';
import { must } from '../../schema/result.ts';
import { ORDER_LINES_MAX } from '../drafts/order-draft.ts';
import type { Device } from './device.ts';
import type { DeviceDeps } from './device-deps.ts';
import { enrolDevice } from './enrol-device.ts';
import { createNodeDeps } from './node-device.ts';
import { inStep } from './node-sale.ts';
import { type NodeShop, startNodeShop } from './node-shop.ts';
import { openDevice } from './open-device.ts';
import { orderState } from './orders.ts';
import { when } from './when.ts';

/** Two managers and a till of one real shop; one of them is open at a time, and any of them may be without a network. */
let shop: NodeShop;
let open: Device | null = null;
const offline = new Set<string>();
/** How far a device's clock is ahead, in milliseconds. */
const ahead: Record<string, number> = {};
const deps: Record<string, DeviceDeps> = {};

async function at(name: string): Promise<Device> {
  await open?.close();
  open = await openDevice(must(deps[name], name));
  return open;
}

async function enrol(name: string, code: string): Promise<void> {
  const made = createNodeDeps(name, shop.origin, {
    fetch: (url, init) => (offline.has(name) ? Promise.reject(new Error('cut')) : fetch(url, init)),
    clock: () => Date.now() + (ahead[name] ?? 0),
  });
  deps[name] = made;
  expect(await enrolDevice(made, { serverAddress: '', code })).toMatchObject({ ok: true });
  const device = await at(name);
  await when(device.sync.status, ({ ready }) => ready);
  await device.company.choosePerson(must(device.company.people.get()[0], 'a person').person);
}

beforeAll(async () => {
  shop = await startNodeShop(400);
  for (const name of ['K1', 'M1']) await enrol(name, shop.code(name));
  const made = await must(open, 'M1').office.enrolCodeNow('manager', 'M2' as never);
  if (!made.ok) throw new Error(made.error);
  await enrol('M2', made.value.code);
});
afterAll(async () => {
  await open?.close();
  await shop.close();
});

const productOf = (device: Device, barcode: string) => must(device.catalogue.byBarcode(barcode), barcode).id;
const wish = (device: Device, barcode: string, quantity: number, cost: number | null = null) => ({
  productId: productOf(device, barcode),
  quantity,
  unitCost: cost === null ? null : money(cost),
});
const theOrder = (device: Device) => must(device.orders.list()[0], 'an order');
const linesOf = (device: Device) =>
  theOrder(device).lines.map(({ productId, quantity, mark }) => [
    device.catalogue.product(productId)?.barcodes[0],
    quantity,
    mark?.kind,
  ]);
async function arrivedWhen(device: Device, received: readonly number[]) {
  for (;;) {
    const seen = device.orders.version.get();
    const arrived = await device.orders.receivedOf(theOrder(device));
    if (arrived.arrivals.map((one) => one.received).join() === received.join()) return arrived;
    await when(device.orders.version, (version) => version !== seen);
  }
}

let order = '' as DraftId;

test('[ORD1] what two managers change of an order while apart is all there when they meet', async () => {
  const first = await at('M1');
  const begun = await first.orders.begin('  PT Sumber Rejeki  ');
  order = begun.ok ? begun.value : order;
  expect(order).toMatch(/^order-/);
  await first.orders.add(order, [wish(first, '1001', 10, 9_000), wish(first, '1002', 6)]);
  await inStep(first);
  const second = await at('M2');
  await when(second.orders.version, () => second.orders.list()[0]?.lines.length === 2);
  offline.add('M2');
  await second.orders.add(order, [wish(second, '1003', 4), wish(second, '1001', 5)]);
  await second.orders.setNote(order, 'Before Friday');
  const other = await at('M1');
  await other.orders.add(order, [wish(other, '1004', 8), wish(other, '1001', 1)]);
  const [, milk] = theOrder(other).lines;
  await other.orders.changeLine(order, must(milk, 'milk').key, {
    quantity: 7,
    unitCost: money(4_000),
    note: 'big ones',
  });
  await other.orders.setOrdered(order, true);
  await inStep(other);
  offline.delete('M2');
  const back = await at('M2');
  await when(back.orders.version, () => theOrder(back).ordered !== null);
  expect(theOrder(back)).toMatchObject({ supplier: 'PT Sumber Rejeki', note: 'Before Friday', closed: null });
  expect(linesOf(back)).toEqual([
    ['1001', 16, 'changed-apart'],
    ['1002', 7, undefined],
    ...[
      ['1003', 4, undefined],
      ['1004', 8, undefined],
    ].sort((left, right) => {
      const place = (row: unknown) => linesOf(back).findIndex((one) => one[0] === (row as string[])[0]);
      return place(left) - place(right);
    }),
  ]);
  expect(theOrder(back).lines[1]).toMatchObject({ unitCost: 4_000, note: 'big ones' });
  await back.orders.keepLine(order, must(theOrder(back).lines[0], 'tea').key);
  expect(linesOf(back)[0]).toEqual(['1001', 16, undefined]);
  expect(back.orders.lastCost(productOf(back, '1001'))).toBe(9_000);
  await inStep(back);
});

test('[ORD2] [ORD3] deliveries at two devices that are apart add up, and what is too much is told', async () => {
  const first = await at('M1');
  await when(first.orders.version, () => theOrder(first).lines.length === 4 && theOrder(first).note !== '');
  expect(orderState(theOrder(first), await first.orders.receivedOf(theOrder(first)))).toBe('ordered');
  offline.add('M1');
  const before = first.stock.onHand(productOf(first, '1001'));
  const some = [wish(first, '1001', 10, 9_500), wish(first, '1002', 7)];
  expect(await first.orders.receive(theOrder(first), { reference: 'SJ 11', lines: some })).toMatchObject({
    ok: true,
    value: { kind: 'receive', body: { supplier: 'PT Sumber Rejeki', order, reference: 'SJ 11' } },
  });
  expect(first.stock.onHand(productOf(first, '1001'))).toBe(before + 10);
  const second = await at('M2');
  const rest = [wish(second, '1001', 9), wish(second, '1003', 4), wish(second, '1004', 8)];
  await second.orders.receive(theOrder(second), { reference: '', lines: rest });
  await inStep(second);
  offline.delete('M1');
  const back = await at('M1');
  const barcodes = linesOf(back).map(([barcode]) => barcode);
  const amounts: Record<string, number> = { 1001: 19, 1002: 7, 1003: 4, 1004: 8 };
  const arrived = await arrivedWhen(
    back,
    barcodes.map((barcode) => amounts[String(barcode)] ?? 0),
  );
  expect(arrived.arrivals[0]).toMatchObject({ ordered: 16, received: 19, missing: 0, over: 3 });
  expect(arrived.deliveries.map(({ reference }) => reference).sort()).toEqual(['', 'SJ 11']);
  expect(orderState(theOrder(back), arrived)).toBe('received');
  expect(back.stock.onHand(productOf(back, '1001'))).toBe(before + 19);
  await inStep(back);
});

test('[ORD1] an order has as many lines as one row can carry; each change of them reaches the server', async () => {
  const device = await at('M1');
  const many = (from: number, count: number) =>
    Array.from({ length: count }, (_, place) => wish(device, String(1001 + from + place), 1, 12_345));
  const begun = await device.orders.begin('Everything');
  const id = begun.ok ? begun.value : order;
  expect(await device.orders.add(id, many(0, ORDER_LINES_MAX))).toEqual({ ok: true, value: null });
  expect(await device.orders.add(id, many(ORDER_LINES_MAX, 1))).toEqual({ ok: false, error: 'full' });
  // Nobody waits between two scans, or two fields.
  const [first] = theOrder(device).lines;
  const { key, productId } = must(first, 'a line');
  await Promise.all([
    device.orders.changeLine(id, key, { quantity: 24 }),
    device.orders.changeLine(id, key, { quantity: 24, unitCost: money(5) }),
    device.orders.add(id, [{ productId, quantity: 1, unitCost: null }]),
  ]);
  expect(theOrder(device).lines[0]).toMatchObject({ quantity: 25, unitCost: 5 });
  for (let change = 0; change < 20; change += 1) await device.orders.setNote(id, `change ${change}`);
  await inStep(device);
  const other = await at('M2');
  await when(other.orders.version, () => theOrder(other).lines.length === ORDER_LINES_MAX);
  expect(other.disk.findings.get()).toEqual([]);
  expect(device.disk.findings.get()).toEqual([]);
  await other.orders.discard(id);
  await inStep(other);
});

test('[ORD1] a till reads orders and changes none; one that was thrown away comes back with its undoing', async () => {
  const manager = must(open, 'M2');
  await manager.orders.discard(order);
  expect(manager.orders.list()).toEqual([]);
  await manager.orders.restore(order);
  expect(theOrder(manager).lines).toHaveLength(4);
  await inStep(manager);
  const till = await at('K1');
  await when(till.orders.version, () => till.orders.list().length === 1);
  await till.orders.setNote(order, 'from the till');
  await when(till.disk.findings, (findings) => findings.length > 0);
  expect(till.disk.findings.get()).toMatchObject([{ kind: 'draft', detail: { reason: 'role' } }]);
});

test('[ORD7] an order that was begun on a device whose clock is days ahead shows what others took in for it', async () => {
  ahead.M1 = 5 * 24 * 60 * 60 * 1000;
  const begun = await (await at('M1')).orders.begin('From the future');
  const id = begun.ok ? begun.value : order;
  await must(open, 'M1').orders.add(id, [wish(must(open, 'M1'), '1001', 3)]);
  await inStep(must(open, 'M1'));
  const other = await at('M2');
  const orderAt = (device: Device) => device.orders.list().find((one) => one.id === id);
  await when(other.orders.version, () => orderAt(other)?.lines.length === 1);
  await other.orders.receive(must(orderAt(other), 'the order'), {
    reference: 'SJ 12',
    lines: [wish(other, '1001', 2)],
  });
  await inStep(other);
  const back = await at('M1');
  const arrivedAt = async (device: Device) =>
    (await device.orders.receivedOf(must(orderAt(device), 'the order'))).arrivals;
  while ((await arrivedAt(back))[0]?.received === 0) {
    const seen = back.orders.version.get();
    await when(back.orders.version, (version) => version !== seen);
  }
  // What its disk holds is read anew.
  expect(await arrivedAt(await at('M1'))).toMatchObject([{ ordered: 3, received: 2, missing: 1 }]);
});
