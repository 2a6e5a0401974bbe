import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BranchId } from '../../schema/ids.ts';
import { must } from '../../schema/result.ts';
import type { Transfer } from '../../schema/stock/transfer.ts';
import type { Device } from './device.ts';
import type { DeviceDeps } from './device-deps.ts';
import { enrolDevice } from './enrol-device.ts';
import { createNodeDeps } from './node-device.ts';
import { inStep, sellOne } from './node-sale.ts';
import { type NodeShop, startNodeShop } from './node-shop.ts';
import { openDevice } from './open-device.ts';
import { when } from './when.ts';

/** Managers of two branches of one real shop; one of them is open at a time, and either may be without a network. */
let shop: NodeShop;
let open: Device | null = null;
const offline = new Set<string>();
const deps: Record<string, DeviceDeps> = {};
const PRODUCT = '1001';
const OTHER = 'pasar' as BranchId;

async function at(name: string): Promise<Device> {
  await open?.close();
  open = await openDevice(must(deps[name], name));
  return open;
}

beforeAll(async () => {
  shop = await startNodeShop(5, { branch: `${OTHER}=Toko Pasar` });
  for (const branch of ['utama', OTHER]) {
    const made = createNodeDeps(branch, shop.origin, {
      fetch: (url, init) => (offline.has(branch) ? Promise.reject(new Error('cut')) : fetch(url, init)),
    });
    deps[branch] = made;
    expect(await enrolDevice(made, { serverAddress: '', code: shop.code('M1', branch) })).toMatchObject({ ok: true });
    const device = await at(branch);
    await when(device.sync.status, ({ ready }) => ready);
    await device.company.choosePerson(must(device.company.people.get()[0], 'a person').person);
  }
});
afterAll(async () => {
  await open?.close();
  await shop.close();
});

const productOf = (device: Device, barcode = PRODUCT) => must(device.catalogue.byBarcode(barcode), 'a product').id;
/** The one transfer, as soon as it is what is waited for. */
async function transferWhen(device: Device, holds: (transfer: Transfer) => boolean): Promise<Transfer> {
  for (;;) {
    const seen = device.transfers.version.get();
    const found = (await device.transfers.list()).find(holds);
    if (found) return found;
    await when(device.transfers.version, (version) => version !== seen);
  }
}

test('[TRF7] [TRF9] what cannot be sent is refused by name, and nothing is written', async () => {
  const device = await at('utama');
  await when(device.company.all, () => device.transfers.branches().length > 0);
  expect(device.transfers.branches()).toEqual([{ branch: OTHER, name: 'Toko Pasar' }]);
  const product = productOf(device);
  const send = (to: string, ...amounts: number[]) =>
    device.transfers.send(
      to as BranchId,
      amounts.map((quantity) => ({ productId: product, quantity })),
      null,
    );
  expect(await send('utama', 1)).toEqual({ ok: false, error: { code: 'own-branch' } });
  expect(await send('nowhere', 1)).toEqual({ ok: false, error: { code: 'unknown-branch' } });
  expect(await send(OTHER)).toEqual({ ok: false, error: { code: 'no-lines' } });
  expect(await send(OTHER, 1, 1)).toEqual({ ok: false, error: { code: 'twice', product } });
  for (const wrong of [0, -1, 10 ** 12])
    expect(await send(OTHER, wrong)).toMatchObject({ error: { code: 'bad-quantity' } });
  expect(await device.transfers.receive('no-such' as never, [])).toEqual({
    ok: false,
    error: { code: 'unknown-transfer' },
  });
  expect(await device.till.recent(5)).toEqual([]);
});

test('[TRF2] [TRF8] sent 5 offline, arrived 4 offline: both branches list the difference, and the act that settles it', async () => {
  const sender = await at('utama');
  const product = productOf(sender);
  const before = sender.stock.onHand(product);
  await inStep(sender);
  offline.add('utama');
  const lines = [{ productId: product, quantity: 5 }];
  expect(await sender.transfers.send(OTHER, lines, null)).toMatchObject({ ok: true });
  expect(sender.stock.onHand(product)).toBe(before - 5);
  expect(await sender.transfers.list()).toMatchObject([{ fromHere: true, other: OTHER, state: 'on-the-way' }]);
  offline.delete('utama');
  await inStep(await at('utama'));
  const receiver = await at(OTHER);
  const coming = await transferWhen(receiver, ({ state }) => state === 'on-the-way');
  expect(coming).toMatchObject({ fromHere: false, other: 'utama', lines: [{ productId: product, sent: 5, open: 5 }] });
  offline.add(OTHER);
  const back = await at(OTHER);
  expect(await back.transfers.list()).toEqual([coming]);
  expect(await back.transfers.receive(coming.transferId, [{ productId: product, quantity: 4 }])).toMatchObject({
    ok: true,
  });
  expect(back.stock.onHand(product)).toBe(4);
  expect(await back.transfers.list()).toMatchObject([
    { state: 'difference', lines: [{ sent: 5, arrived: 4, open: 1 }] },
  ]);
  offline.delete(OTHER);
  await inStep(await at(OTHER));
  const again = await at('utama');
  await transferWhen(again, ({ state }) => state === 'difference');
  expect(again.stock.onHand(product)).toBe(before - 5);
  expect(await again.transfers.settle(coming.transferId, 'lost', 'fell off the van', null)).toMatchObject({ ok: true });
  expect(again.stock.onHand(product)).toBe(before - 5);
  expect(await again.transfers.list()).toMatchObject([{ state: 'done' }]);
  await inStep(again);
  await transferWhen(await at(OTHER), ({ state }) => state === 'done');
});

test('[TRF5] [EXC1] a second receipt is worth a look in both branches', async () => {
  const receiver = must(open, OTHER);
  const [transfer] = await receiver.transfers.list();
  const lines = [{ productId: productOf(receiver), quantity: 2 }];
  await receiver.transfers.receive(must(transfer, 'a transfer').transferId, lines);
  await inStep(receiver);
  const sender = await at('utama');
  await transferWhen(sender, ({ state }) => state === 'difference');
  const flags = async () => (await sender.exceptions.list()).map(({ flag }) => flag).sort();
  await when(sender.exceptions.version, () => sender.exceptions.waiting() > 0);
  expect(await flags()).toEqual(['transfer-again', 'transfer-more']);
});

test('[MOV2] [MOV3] movements are listed by kind and product, and one is taken back once', async () => {
  const device = must(open, 'utama');
  const [product, tea] = [productOf(device), productOf(device, '1002')];
  const lines = [{ productId: tea, quantity: 10, unitCost: 700 }];
  const received = await device.till.receive({ reference: 'SJ-1', supplier: 'CV Teh', lines } as never);
  const listed = await device.movements.list({}, 9);
  expect(listed.map(({ kind }) => kind)).toEqual(['receive', 'waste', 'transfer-out']);
  expect(await device.movements.list({ kind: 'receive' }, 9)).toHaveLength(1);
  expect((await device.movements.list({ product }, 9)).map(({ kind }) => kind)).toEqual(['waste', 'transfer-out']);
  expect(listed[0]).toMatchObject({
    till: 'M1',
    safety: 'device',
    lines: [{ productId: tea, units: 10, unitCost: 700 }],
  });
  expect(device.movements.suppliers()).toEqual(['CV Teh']);
  expect(device.stock.onHand(tea)).toBe(10);
  expect(await device.movements.value()).toEqual({
    ...{ total: 7_000, unknown: [] },
    categories: [{ category: expect.any(String), value: 7_000, unknown: 0 }],
  });
  const id = received.ok ? received.value.id : ('' as never);
  expect(await device.movements.undo(id, 'wrong shop', null)).toMatchObject({ ok: true });
  expect(device.stock.onHand(tea)).toBe(0);
  expect(await device.movements.undo(id, 'again', null)).toEqual({ ok: false, error: { code: 'no-undo' } });
  expect(await device.movements.list({ kind: 'receive' }, 9)).toMatchObject([
    { canUndo: false, undoneBy: expect.any(String) },
  ]);
});

test('[MOV4] [COST3] the history of a product ends at what is there; an unknown cost is named', async () => {
  const device = must(open, 'utama');
  const product = productOf(device, '1003');
  await device.till.receive({ reference: '', lines: [{ productId: product, quantity: 3 }] } as never);
  await sellOne(device, '1003', 1);
  const { levels, marks } = await device.movements.history(product, 7);
  expect(levels.map(({ onHand }) => onHand)).toEqual([0, 3, 2, 2]);
  expect(marks).toMatchObject([{ kind: 'receive', units: 3 }]);
  expect((await device.movements.value()).unknown).toEqual([product]);
});

test('[STK16] an office without a network tells what made a stock, by device', async () => {
  const device = must(open, 'utama');
  offline.add('utama');
  const product = productOf(device, '1004');
  const move = (quantity: number) => ({ lines: [{ productId: product, quantity }] });
  await device.till.receive({ reference: 'Opening stock', ...move(9) } as never);
  await device.till.receive({ reference: 'SJ-2', ...move(4) } as never);
  await device.till.record('waste', { reason: 'broken', ...move(2) } as never);
  await sellOne(device, '1004', 14);
  await device.transfers.send(OTHER, move(5).lines, null);
  const parts = (units: number) => [{ deviceId: device.identity.deviceId, units }];
  expect(await device.movements.causes(product)).toEqual(
    Object.entries({ opening: 9, received: 4, sold: -1, wasted: -2, sent: -5 }).map(([cause, units]) => {
      return { cause, units, parts: parts(units) };
    }),
  );
  offline.delete('utama');
});

test('[COST4] the branch that goods were sent to has their value from the server, and without it none', async () => {
  const sender = await at('utama');
  const tea = productOf(sender, '1005');
  await sender.till.receive({ reference: 'SJ-9', lines: [{ productId: tea, quantity: 10, unitCost: 800 }] } as never);
  await sender.transfers.send(OTHER, [{ productId: tea, quantity: 4 }], null);
  await inStep(sender);
  const receiver = await at(OTHER);
  const sent = await transferWhen(receiver, ({ lines }) => lines[0]?.productId === tea && lines[0].open === 4);
  await receiver.transfers.receive(sent.transferId, [{ productId: tea, quantity: 4 }]);
  await inStep(receiver);
  const value = await receiver.movements.value();
  expect([value.total, value.unknown.includes(tea)]).toEqual([3_200, false]);
  offline.add(OTHER);
  expect((await receiver.movements.value()).unknown).toContain(tea);
  offline.delete(OTHER);
});
