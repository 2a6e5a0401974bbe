import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DraftId } from '../../schema/draft.ts';
import { quantity } from '../../schema/quantity.ts';
import { must } from '../../schema/result.ts';
import type { CountResult } from '../../schema/stock/stocktake.ts';
import type { Device } from './device.ts';
import type { DeviceDeps } from './device-deps.ts';
import { enrolDevice } from './enrol-device.ts';
import { createNodeDeps } from './node-device.ts';
import { inStep, sellOne } from './node-sale.ts';
import { type NodeShop, startNodeShop } from './node-shop.ts';
import { openDevice } from './open-device.ts';
import { when } from './when.ts';

/** Two tills and a manager of one real shop; one of them is open at a time, and any of them may be without a network. */
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

beforeAll(async () => {
  shop = await startNodeShop(5);
  for (const name of ['K1', 'K2', 'M1']) {
    const made = createNodeDeps(name, shop.origin, {
      fetch: (url, init) => (offline.has(name) ? Promise.reject(new Error('cut')) : fetch(url, init)),
      clock: () => Date.now() + (ahead[name] ?? 0),
    });
    deps[name] = made;
    expect(await enrolDevice(made, { serverAddress: '', code: shop.code(name) })).toMatchObject({ ok: true });
    const device = await at(name);
    await when(device.sync.status, ({ ready }) => ready);
    await device.company.choosePerson(must(device.company.people.get()[0], 'a person').person);
  }
});
afterAll(async () => {
  await open?.close();
  await shop.close();
});

const PRODUCT = '1001';
const productOf = (device: Device) => must(device.catalogue.byBarcode(PRODUCT), 'a product').id;
/** The results as soon as they hold what is waited for: entries arrive after the stock that they moved. */
async function resultsWhen(device: Device, holds: (results: readonly CountResult[]) => boolean) {
  for (;;) {
    const seen = device.stocktakes.version.get();
    const results = await device.stocktakes.results(sheet);
    if (holds(results)) return results;
    await when(device.stocktakes.version, (version) => version !== seen);
  }
}
let sheet = '' as DraftId;
let opening = 0;

test('[STT6] a sheet is a draft: what two devices change of it while apart is all there afterwards', async () => {
  const manager = await at('M1');
  const lines = [{ productId: productOf(manager), quantity: quantity(20) }];
  expect(await manager.till.receive({ reference: 'opening', lines })).toMatchObject({ ok: true });
  opening = manager.stock.onHand(productOf(manager));
  sheet = must(await manager.stocktakes.begin('November').then((done) => (done.ok ? done.value : null)), 'a sheet');
  await manager.stocktakes.addPlace(sheet, 'Front');
  await inStep(manager);
  const till = await at('K2');
  await when(till.stocktakes.version, () => till.stocktakes.sheets().length === 1);
  offline.add('K2');
  await till.stocktakes.addPlace(sheet, 'Cellar');
  const other = await at('M1');
  await other.stocktakes.addPlace(sheet, 'Back');
  await other.stocktakes.note(sheet, 'No bottles with a deposit');
  await inStep(other);
  offline.delete('K2');
  const back = await at('K2');
  await when(back.stocktakes.version, () => back.stocktakes.sheets()[0]?.notes !== '');
  const [held] = back.stocktakes.sheets();
  expect(held).toMatchObject({ name: 'November', notes: 'No bottles with a deposit', closed: null });
  expect(held?.places.map(({ name }) => name).sort()).toEqual(['Back', 'Cellar', 'Front']);
  await inStep(back);
});

test('[STT1] [STT2] a till sells offline, another counts, the manager corrects, and the late sale is put right', async () => {
  const away = await at('K1');
  offline.add('K1');
  for (const cart of [1, 2, 3]) await sellOne(away, PRODUCT, cart);
  const counting = await at('K2');
  // One is broken and nobody wrote it down; three are gone that this till has not heard of.
  const shelf = opening - 4;
  const where = { productId: productOf(counting), counted: shelf, place: '' };
  expect(await counting.stocktakes.count(sheet, where)).toMatchObject({ ok: true });
  await sellOne(counting, PRODUCT, 4);
  await inStep(counting);
  const manager = await at('M1');
  await when(manager.stock.version, () => manager.stock.onHand(productOf(manager)) === opening - 1);
  const results = await resultsWhen(manager, ({ length }) => length === 1);
  expect(results).toMatchObject([{ counted: shelf, expected: opening, late: 0, correction: -4 }]);
  expect(await manager.stocktakes.correct(sheet, results, null)).toMatchObject({
    ok: true,
    value: [expect.any(String)],
  });
  expect(manager.stock.onHand(productOf(manager))).toBe(shelf - 1);
  expect(await manager.stocktakes.results(sheet)).toMatchObject([{ correction: 0 }]);
  await manager.stocktakes.setClosed(sheet, true);
  await inStep(manager);
  offline.delete('K1');
  await inStep(await at('K1'));
  const later = await at('M1');
  await when(later.stock.version, () => later.stock.onHand(productOf(later)) === shelf - 4);
  const proposed = await resultsWhen(later, ([result]) => result?.late !== 0);
  expect(proposed).toMatchObject([{ expected: opening - 3, late: -3, correction: 3 }]);
  await later.stocktakes.correct(sheet, proposed, null);
  expect(later.stock.onHand(productOf(later))).toBe(shelf - 1);
  expect(await later.stocktakes.results(sheet)).toMatchObject([{ correction: 0 }]);
});

test('[STT6] a sheet that is thrown away is gone everywhere; its counts stay in the journals', async () => {
  const manager = must(open, 'M1');
  expect(manager.stocktakes.sheets()).toMatchObject([{ closed: { by: manager.company.person.get()?.person } }]);
  await manager.stocktakes.discard(sheet);
  expect(manager.stocktakes.sheets()).toEqual([]);
  await inStep(manager);
  const till = await at('K2');
  await when(till.stocktakes.version, () => till.stocktakes.sheets().length === 0);
  expect((await till.till.recent(10)).filter(({ kind }) => kind === 'count')).toHaveLength(1);
});

test('[STT8] counts and sales are all there for a sheet that was begun on a device whose clock is days ahead', async () => {
  ahead.M1 = 5 * 24 * 60 * 60 * 1000;
  const manager = await at('M1');
  await when(manager.sync.status, ({ connection }) => connection === 'online');
  sheet = must(await manager.stocktakes.begin('Ahead').then((done) => (done.ok ? done.value : null)), 'a sheet');
  await inStep(manager);
  const till = await at('K2');
  await when(till.stocktakes.version, () => till.stocktakes.sheets().some(({ id }) => id === sheet));
  await till.stocktakes.count(sheet, { productId: productOf(till), counted: 1, place: '' });
  await sellOne(till, PRODUCT, 9);
  await inStep(till);
  expect(await resultsWhen(await at('M1'), ({ length }) => length === 1)).toMatchObject([{ counted: 1 }]);
  // What its disk holds is read anew.
  const again = await at('M1');
  expect(await again.stocktakes.counts(sheet)).toMatchObject([{ counted: 1 }]);
});
