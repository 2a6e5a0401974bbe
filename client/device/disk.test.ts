import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { findChainFault } from '../../schema/chain.ts';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import type { CartId } from '../../schema/ids.ts';
import { quantity } from '../../schema/quantity.ts';
import { type Cart, payCash, priceCart } from '../../schema/receipt.ts';
import { must } from '../../schema/result.ts';
import type { DeviceDisk } from '../store/device-disk.ts';
import { SALE_RESERVE_BYTES } from '../store/disk-room.ts';
import { createRxDisks } from '../store/rx-disk.ts';
import { createMemoryStorage } from '../store/storage.ts';
import type { Device } from './device.ts';
import type { DeviceDeps, DiskKeeper } from './device-deps.ts';
import { enrolDevice } from './enrol-device.ts';
import { createNodeDeps } from './node-device.ts';
import { type NodeShop, startNodeShop } from './node-shop.ts';
import { openDevice } from './open-device.ts';
import { when } from './when.ts';

/** A till whose disk a test can fill, break and empty. Its server is gone after the first sync. */
const QUOTA = 1024 ** 3;
const room = { usage: 0, reserved: true };
let shop: NodeShop;
let deps: DeviceDeps;
let device: Device;
let disk: DeviceDisk;

beforeAll(async () => {
  shop = await startNodeShop(3);
  const keeper: DiskKeeper = {
    estimate: async () => ({ usage: room.usage, quota: QUOTA }),
    keep: async () => true,
    reserve: {
      hold: async () => (room.reserved ? 'held' : 'full'),
      spend: async () => {
        const had = room.reserved;
        room.reserved = false;
        return had;
      },
    },
  };
  deps = createNodeDeps('K1', shop.origin, { keeper });
  const open = createRxDisks(createMemoryStorage(), deps.timers);
  const openDisk = async (slot: string) => {
    disk = await open(slot);
    return disk;
  };
  deps = { ...deps, openDisk };
  await enrolDevice(deps, { serverAddress: '', code: shop.code('K1') });
  device = await openDevice(deps);
  await when(device.sync.status, ({ ready }) => ready);
  await device.company.choosePerson(must(device.company.people.get()[0], 'a person').person);
  await device.close();
  await shop.kill();
});
afterAll(() => shop.close());
beforeEach(async () => {
  room.usage = 0;
  room.reserved = true;
  device = await openDevice(deps);
});
afterEach(() => device.close());

let carts = 0;
function makeCart(): Cart {
  const { id: productId, rev, name, price, unitScale, taxId } = must(device.catalogue.byBarcode('1001'), 'a product');
  carts += 1;
  const line = { productId, rev, name, unitPrice: price, unitScale, taxId, quantity: quantity(1) };
  return { cartId: `cart-${String(carts).padStart(8, '0')}` as CartId, lines: [line] };
}

function sell(cart = makeCart()) {
  const { due } = priceCart(cart, must(device.company.rules.get(), 'rules')).totals;
  return device.till.sell(cart, [payCash(due, due)]);
}

async function fill(usage: number): Promise<void> {
  room.usage = usage;
  // Any own entry makes the device look at its disk again.
  await sell();
  await expect.poll(() => device.disk.health.get().estimate?.usage, { timeout: 10_000 }).toBe(usage);
}

test('[F9] a full disk refuses before payment, and never what was checked before it was full', async () => {
  const checked = makeCart();
  expect(device.till.check(checked)).toBeNull();
  await fill(QUOTA - SALE_RESERVE_BYTES + 1);
  expect(device.disk.health.get()).toMatchObject({ level: 'full', kept: true });
  expect(device.till.check(makeCart())).toEqual({ code: 'no-room' });
  expect(await sell(checked)).toMatchObject({ ok: true });
  const productId = must(device.catalogue.byBarcode('1001'), 'a product').id;
  const refused = { ok: false, error: { code: 'no-room' } };
  const payments = [payCash(0 as never, 0 as never)];
  expect(await device.till.adjust({ reason: 'x', lines: [{ productId, delta: quantity(1) }] })).toEqual(refused);
  expect(await device.till.refund({ cart: makeCart(), payments, reason: 'x' })).toMatchObject({ ok: false });
});

test('[F9] a person is warned above 70 %, and the till sells on', async () => {
  await fill(0.8 * QUOTA);
  expect(device.disk.health.get().level).toBe('low');
  expect(device.till.check(makeCart())).toBeNull();
});

test('[F9] a sale that was paid for takes the room that was held for it; the next one is refused before payment', async () => {
  const { insert } = disk.shelves.journal;
  disk.shelves.journal.insert = async (doc) => {
    if (room.reserved) throw new Error('QuotaExceededError');
    return insert(doc);
  };
  const cart = makeCart();
  expect(device.till.check(cart)).toBeNull();
  expect(await sell(cart)).toMatchObject({ ok: true });
  disk.shelves.journal.insert = insert;
  expect(device.till.check(makeCart())).toEqual({ code: 'no-room' });
});

test('[DISK4] a disk that fails is told: no sale, no number used, and the same cart can be sold again', async () => {
  const { insert } = disk.shelves.journal;
  const cart = makeCart();
  const before = must((await device.till.recent(1))[0], 'an entry');
  disk.shelves.journal.insert = () => Promise.reject(new Error('EIO'));
  expect(await sell(cart)).toEqual({ ok: false, error: { code: 'not-written' } });
  disk.shelves.journal.insert = insert;
  room.reserved = true;
  await expect.poll(() => device.till.check(cart), { timeout: 10_000 }).toBeNull();
  const sold = await sell(cart);
  expect(sold.ok && sold.value.seq).toBe(before.seq + 1);
});

test('[F10] a rescue file holds every entry with its signature, and copies of what is damaged', async () => {
  const sold = await sell();
  const text = await device.disk.exportRescue('all');
  const rescue = JSON.parse(text) as { entries: (DeviceEntry & { signature: string })[]; certificate: string };
  expect(rescue.entries.at(-1)?.id).toBe(sold.ok && sold.value.id);
  expect(rescue.entries.map(({ seq }) => seq)).toEqual(rescue.entries.map((_entry, index) => index + 1));
  expect(findChainFault(rescue.entries)).toBeNull();
  expect(rescue.entries.every(({ signature }) => /^[\w-]{86}$/.test(signature))).toBe(true);
  expect(rescue.certificate.split('.')).toHaveLength(3);
  expect(await device.disk.importRescueNow('{"format":"other"}')).toEqual({ ok: false, error: 'not-a-rescue' });
  expect(await device.disk.importRescueNow('no JSON')).toEqual({ ok: false, error: 'not-a-rescue' });
  expect(await device.disk.importRescueNow(text)).toEqual({ ok: false, error: 'offline' });
});

test('[F10] [I5] a journal that is gone from the disk is told, and its device sells on without forking', async () => {
  const sold = await sell();
  if (!sold.ok) throw new Error('not sold');
  const ids = Array.from(await disk.shelves.journal.find({}), ({ id }) => id);
  await disk.shelves.journal.remove(ids);
  await device.close();
  device = await openDevice(deps);
  const next = await sell();
  if (!next.ok) throw new Error('not sold');
  expect([next.value.prev, next.value.seq]).toEqual([sold.value.hash, sold.value.seq + 1]);
  expect(next.value.body.receiptNo).toBe(sold.value.body.receiptNo + 1);
  const [finding] = device.disk.findings.get();
  expect(finding).toMatchObject({ kind: 'chain', detail: { fault: 'gap', to: sold.value.seq } });
  await device.disk.settleFinding(must(finding, 'a finding').id);
  expect(device.disk.findings.get()).toEqual([]);
  await device.close();
  device = await openDevice(deps);
  expect(device.disk.findings.get()).toEqual([]);
});
