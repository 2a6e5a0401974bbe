import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { branchScope, type ProductId } from '../../schema/ids.ts';
import { forkDeviceId } from '../../schema/signature.ts';
import { emptyStock, type Stock } from '../../schema/stock/counter.ts';
import { openLedger } from '../keys/ledger.ts';
import { readShop, type ShopReader } from '../testing/read-shop.ts';
import { createTestJournal, type TestJournal } from '../testing/test-device.ts';
import { pushRows } from '../testing/test-push.ts';
import { openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';
import { verifyDatabase } from '../verify/verify-database.ts';
import { completeUpgrade } from './complete-upgrade.ts';
import { retireDevice } from './retire-device.ts';
import { EMPTY_COUNTERS_MAX } from './retired-devices.ts';
import { revokeDevice } from './revoke.ts';

let shop: TestShop;
let till: TestEnrolment;
let journal: TestJournal;
let coffee: ProductId;
let tea: ProductId;
let reader: ShopReader;

beforeEach(async () => {
  shop = await openTestShop();
  till = await shop.enrol();
  journal = createTestJournal(till);
  [coffee, tea] = [await shop.addProduct('coffee'), await shop.addProduct('tea')];
  reader = readShop(shop.core);
});
afterEach(() => shop.close());

const own = () => till.device.deviceId;
const push = (...rows: unknown[]) => pushRows(shop.core, till, rows);
const retire = (deviceId = own()) => retireDevice(shop.core, deviceId, 'gone');
const counters = async (product = coffee) => (await reader.stock(product))?.counters;
const empty = (seq: number) => ({ in: 0, out: 0, seq });
const findings = () =>
  verifyDatabase(join(shop.dataDir, 'laci.db'), {
    verify: shop.deps.verify,
    ledger: openLedger(join(shop.dataDir, 'ledger.jsonl')),
    shopKey: shop.core.shopKey.publicKey,
  }).findings;

/** Stock as somebody left it, by other means than folding. */
async function rewrite(product: ProductId, change: (stock: Stock) => Stock): Promise<void> {
  const stock = (await reader.stock(product)) ?? emptyStock(till.device.branch, product, 1);
  const [scope, json] = [branchScope(till.device.branch), JSON.stringify(change(stock))];
  await shop.core.store.write([scope], async (tx) => {
    await tx.putDocument('stock', { id: stock.id, scope, json });
  });
}

describe('what the base holds of a retired device', () => {
  test('[STK13] is said per product, and rises with what comes late, in whatever order it comes', async () => {
    await push(journal.receive(coffee, 10), journal.sell(coffee, 3), journal.sell(tea, 1));
    await retire();
    expect([await counters(), await counters(tea)]).toEqual([{ [own()]: empty(2) }, { [own()]: empty(3) }]);
    const [four, five, six] = [journal.sell(coffee, 1), journal.sell(coffee, 2), journal.sell(tea, 4)];
    await push(six, five);
    expect(await counters()).toEqual({ [own()]: empty(2) });
    await push(four, five, four);
    expect(await reader.stock(coffee)).toMatchObject({ base: { in: 10, out: 6 }, counters: { [own()]: empty(5) } });
    expect(await reader.stock(tea)).toMatchObject({ base: { in: 0, out: 5 }, counters: { [own()]: empty(6) } });
    expect(findings()).toEqual([]);
  });

  test('[STK13] is not what nobody could read, and is what the server counted elsewhere', async () => {
    await push(journal.receive(coffee, 10));
    await retire();
    const [two, three] = [journal.sell(coffee, 4), journal.sell(tea, 1)];
    await push({ id: two.id, prev: two.prev, hash: two.hash, stub: true, bytes: 9 }, three);
    expect([await counters(), await counters(tea)]).toEqual([{ [own()]: empty(1) }, { [own()]: empty(3) }]);
    await push(two);
    expect(await reader.onHand(coffee)).toBe(6);
    await push(journal.sell(coffee, 1));
    expect(await reader.stock(coffee)).toMatchObject({ base: { in: 10, out: 1 }, counters: { [own()]: empty(4) } });
    expect(findings()).toEqual([]);
  });

  test('[STK13] stays with the base when another device retires or a new epoch begins', async () => {
    const other = await shop.enrol('till', 'K2');
    await push(journal.receive(coffee, 10));
    await pushRows(shop.core, other, [createTestJournal(other).sell(coffee, 1)]);
    await retire();
    await retire(other.device.deviceId);
    await shop.core.epochs.beginIf(async () => ({ cause: 'rolled-back', after: [] }));
    expect(await reader.stock(coffee)).toMatchObject({ epoch: 2, n: 3, base: { in: 10, out: 1 } });
    expect(await counters()).toEqual({ [own()]: empty(1), [other.device.deviceId]: empty(1) });
  });
});

describe('empty counters that nobody needs', () => {
  test('[STK14] a fork leaves none, and a revoked device’s goes with the next retirement', async () => {
    const other = await shop.enrol('till', 'K2');
    const manager = await shop.enrol('manager', 'M1');
    await push(journal.receive(coffee, 10));
    const copy = createTestJournal(till, journal.head);
    await push(journal.sell(coffee, 1));
    const diverging = copy.sell(coffee, 2);
    await push(diverging);
    await pushRows(shop.core, other, [createTestJournal(other).sell(coffee, 1)]);
    await retire(forkDeviceId(diverging.id, diverging.hash));
    expect(Object.keys((await counters()) ?? {}).sort()).toEqual([own(), other.device.deviceId].sort());
    await retire();
    await revokeDevice(shop.core, manager.stored, own());
    await retire(other.device.deviceId);
    expect(await counters()).toEqual({ [other.device.deviceId]: empty(1) });
    expect(await reader.onHand(coffee)).toBe(6);
    expect(findings()).toEqual([]);
  });

  test('[STK14] of many retired devices the newest stay', async () => {
    const tills = [];
    for (let at = 0; at < EMPTY_COUNTERS_MAX + 2; at += 1) {
      const one = await shop.enrol('till', `K${at + 2}`);
      tills.push(one.device.deviceId);
      shop.deps.passTime(1_000);
      await pushRows(shop.core, one, [createTestJournal(one).receive(coffee, 1)]);
      await retire(one.device.deviceId);
    }
    expect(Object.keys((await counters()) ?? {}).sort()).toEqual(tills.slice(2).sort());
    expect(await reader.onHand(coffee)).toBe(EMPTY_COUNTERS_MAX + 2);
  });

  test('[STK14] devices that an earlier version retired get theirs at the start, once', async () => {
    await push(journal.receive(coffee, 10), journal.sell(tea, 1), journal.sell(coffee, 2));
    await retire();
    for (const product of [coffee, tea]) await rewrite(product, (stock) => ({ ...stock, counters: {} }));
    expect(findings()).toEqual([]);
    await completeUpgrade(shop.core);
    expect([await counters(), await counters(tea)]).toEqual([{ [own()]: empty(3) }, { [own()]: empty(3) }]);
    const place = () => shop.core.store.read((tx) => tx.place(branchScope(till.device.branch)));
    const done = await place();
    await completeUpgrade(shop.core);
    expect(await place()).toEqual(done);
    expect(findings()).toEqual([]);
  });
});

test('[VERIFY3] [STK13] an empty counter that is missing, behind its entries or before them is told', async () => {
  await completeUpgrade(shop.core);
  await push(journal.receive(coffee, 10), journal.sell(coffee, 1));
  await retire();
  expect(findings()).toEqual([]);
  for (const wrong of [{}, { [own()]: empty(1) }, { [own()]: empty(9) }]) {
    await rewrite(coffee, (stock) => ({ ...stock, counters: wrong as Stock['counters'] }));
    expect(findings()).toMatchObject([{ table: 'document', what: expect.stringContaining(`counter of ${own()}`) }]);
  }
});
