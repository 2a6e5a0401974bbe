import { afterEach, beforeEach, expect, test } from 'vitest';
import { branchScope, type ProductId } from '../../schema/ids.ts';
import type { Stock } from '../../schema/stock/counter.ts';
import { BRANCH } from '../seed/shop.ts';
import type { WriteTx } from '../store/store.ts';
import { createTestJournal } from '../testing/test-device.ts';
import { pushRows } from '../testing/test-push.ts';
import { openTestShop, type TestShop } from '../testing/test-shop.ts';

const SCOPE = branchScope(BRANCH);
const coffee = 'coffee' as ProductId;
let shop: TestShop;
/** Times that stock was read from the store. */
let read = 0;

beforeEach(async () => {
  shop = await openTestShop();
  await shop.addProduct(coffee);
  const { store } = shop.core;
  const write = store.write;
  store.write = async (scopes, work) => (await write.call(store, scopes, (tx) => work(counting(tx)))) as never;
});
afterEach(() => shop.close());

function counting(tx: WriteTx): WriteTx {
  const document: WriteTx['document'] = (collection, id) => {
    if (collection === 'stock') read += 1;
    return tx.document(collection, id);
  };
  return { ...tx, document } satisfies WriteTx;
}

async function storedStock(): Promise<Stock> {
  const [stored] = await shop.core.store.read((tx) => tx.documentsNamed('stock', `${BRANCH}:${coffee}`, 1));
  return JSON.parse(stored?.json ?? 'null') as Stock;
}

async function openTill(till: string) {
  const device = await shop.enrol('till', till);
  const journal = createTestJournal(device);
  return { deviceId: device.device.deviceId, take: () => pushRows(shop.core, device, [journal.receive(coffee, 5)]) };
}

test('[PUSH16] the stock that one transaction left is not read again by the next, and adds up', async () => {
  const [one, other] = [await openTill('K1'), await openTill('K2')];
  for (const till of [one, other]) await till.take();
  read = 0;
  for (const till of [one, other, one]) await till.take();
  expect(read).toBe(0);
  expect((await storedStock()).counters).toEqual({
    [one.deviceId]: { in: 15, out: 0, seq: 3 },
    [other.deviceId]: { in: 10, out: 0, seq: 2 },
  });
});

test('[PUSH16] what somebody else wrote of it meanwhile is read', async () => {
  const till = await openTill('K1');
  await till.take();
  const stock = await storedStock();
  const changed: Stock = { ...stock, n: stock.n + 1, base: { in: 100, out: 0 } };
  await shop.core.store.write([SCOPE], (tx) =>
    tx.putDocument('stock', { id: stock.id, scope: SCOPE, json: JSON.stringify(changed) }),
  );
  await till.take();
  expect(await storedStock()).toMatchObject({ base: { in: 100, out: 0 }, counters: { [till.deviceId]: { in: 10 } } });
});

test('[PUSH16] a transaction that failed leaves nothing of what it folded', async () => {
  const till = await openTill('K1');
  await till.take();
  const { store } = shop.core;
  const write = store.write;
  store.write = (scopes, work) =>
    write.call(store, scopes, async (tx) => {
      await work(tx);
      throw new Error('the disk');
    }) as never;
  await expect(till.take()).rejects.toThrow('the disk');
  store.write = write;
  await till.take();
  const { counters } = await storedStock();
  expect(counters[till.deviceId as keyof typeof counters]).toMatchObject({ in: 5 });
});
