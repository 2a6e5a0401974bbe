import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import type { CartId } from '../../schema/ids.ts';
import { quantity } from '../../schema/quantity.ts';
import { type Cart, payCash, payExactly, priceCart } from '../../schema/receipt.ts';
import { must } from '../../schema/result.ts';
import type { Device } from './device.ts';
import type { DeviceDeps } from './device-deps.ts';
import { enrolDevice } from './enrol-device.ts';
import { createNodeDeps } from './node-device.ts';
import { type NodeShop, startNodeShop } from './node-shop.ts';
import { openDevice } from './open-device.ts';
import { when } from './when.ts';

/**
 * What users of other systems complain of most, tried on one till and a real server (docs/complaints.md has the whole list): what
 * was paid without a connection must be on the server as it was paid.
 */
let shop: NodeShop;
let deps: DeviceDeps;
let device: Device;

beforeAll(async () => {
  shop = await startNodeShop(12);
  deps = createNodeDeps('K1', shop.origin);
  await enrolDevice(deps, { serverAddress: '', code: shop.code('K1') });
  device = await openDevice(deps);
  await when(device.sync.status, ({ ready, connection }) => ready && connection === 'online');
  await device.company.choosePerson(must(device.company.people.get()[0], 'a person').person);
});
afterAll(async () => {
  await device.close();
  await shop.close();
});

const tea = () => must(device.catalogue.byBarcode('1001'), 'a product');
let carts = 0;

function cartOf(pieces: number): Cart {
  const { id: productId, rev, name, price: unitPrice, unitScale, taxId } = tea();
  carts += 1;
  const line = { productId, rev, name, unitPrice, unitScale, taxId, quantity: quantity(pieces) };
  return { cartId: `cart-${String(carts).padStart(8, '0')}` as CartId, lines: [line] };
}

async function sell(pieces: number): Promise<DeviceEntry> {
  const cart = cartOf(pieces);
  const { due } = priceCart(cart, must(device.company.rules.get(), 'rules')).totals;
  const sold = await device.till.sell(cart, [payCash(due, due)]);
  return must(sold.ok ? sold.value : undefined, 'a sale');
}

/** The device keeps its signature in the document; the server beside it. */
function unsigned(entry: DeviceEntry): DeviceEntry {
  const { signature: _, ...rest } = entry as DeviceEntry & { signature?: string };
  return rest as DeviceEntry;
}

/** The entry as it lies in the server's database. */
function storedEntry(id: string): DeviceEntry | undefined {
  const database = new Database(join(shop.dataDir, 'shop', 'laci.db'), { readonly: true });
  const json = database.prepare<[string], string>('SELECT json FROM entry WHERE id = ?').pluck().get(id);
  database.close();
  return json === undefined ? undefined : (JSON.parse(json) as DeviceEntry);
}

async function withoutServer<Value>(act: () => Promise<Value>): Promise<Value> {
  await shop.kill();
  await when(device.sync.status, ({ connection }) => connection !== 'online');
  const value = await act();
  await shop.restart();
  device.sync.syncNow();
  await when(device.sync.status, ({ waitingEntries, connection }) => waitingEntries === 0 && connection === 'online');
  return value;
}

test('[I1] [ENT8] complaint 1: what was paid offline is paid on the server, to the last field', async () => {
  const [sale, refund] = await withoutServer(async () => {
    const sold = await sell(3);
    const cart = cartOf(1);
    const { due } = priceCart(cart, must(device.company.rules.get(), 'rules')).totals;
    const refunded = await device.till.refund({ cart, payments: [payExactly('cash', due)], reason: 'broken' });
    return [sold, must(refunded.ok ? refunded.value : undefined, 'a refund')];
  });
  for (const entry of [sale, refund].map((one) => must(one, 'an entry')))
    expect(storedEntry(entry.id)).toEqual(unsigned(entry));
  expect(sale).toMatchObject({ body: { payments: [{ tender: 'cash', confirmed: true }] } });
});

test('[I1] [TAX6] complaint 11: a sale of an offline till has its taxes on the server, and they add up', async () => {
  const sale = await withoutServer(() => sell(2));
  const stored = must(storedEntry(sale.id), 'the sale');
  if (stored.kind !== 'sale') throw new Error('It is no sale.');
  const { lines, taxes, totals } = stored.body;
  expect(taxes.length).toBeGreaterThan(0);
  expect(totals.tax).toBeGreaterThan(0);
  expect(lines.reduce((sum, line) => sum + (line.tax ?? 0), 0)).toBe(totals.tax);
  expect(stored.body.payments.reduce((sum, payment) => sum + payment.amount, 0)).toBe(totals.due);
});

test('[I3] complaint 3: a full sync and another start, with sales waiting, take none of them and none of the lines', async () => {
  await shop.kill();
  await when(device.sync.status, ({ connection }) => connection !== 'online');
  const waiting = [await sell(1), await sell(4)];
  await device.sync.fullSyncNow();
  await device.close();
  device = await openDevice(deps);
  expect(device.sync.status.get().waitingEntries).toBe(2);
  expect([...(await device.till.recent(2))].toReversed()).toEqual(waiting);
  await shop.restart();
  device.sync.syncNow();
  await vi.waitFor(() => expect(device.sync.status.get().waitingEntries).toBe(0), { timeout: 15_000 });
  for (const entry of waiting) expect(storedEntry(entry.id)).toEqual(unsigned(entry));
});
