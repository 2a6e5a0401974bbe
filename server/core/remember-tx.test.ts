import { afterEach, beforeEach, expect, test } from 'vitest';
import type { WriteTx } from '../store/store.ts';
import { createTestJournal } from '../testing/test-device.ts';
import { pushRows } from '../testing/test-push.ts';
import { openTestShop, type TestShop } from '../testing/test-shop.ts';

let shop: TestShop;
/** What the transactions on the store were asked, by name. */
let asked: Record<string, number> = {};

beforeEach(async () => {
  shop = await openTestShop();
  await shop.addProduct('coffee');
  const { store } = shop.core;
  const write = store.write;
  store.write = async (scopes, work) => (await write.call(store, scopes, (tx) => work(counting(tx)))) as never;
  // From here on the product has its stock.
  await askedFor(1, 'K9');
});
afterEach(() => shop.close());

function counting(tx: WriteTx): WriteTx {
  return new Proxy(tx, {
    get: (target, name: keyof WriteTx) => {
      asked[name] = (asked[name] ?? 0) + 1;
      return target[name];
    },
  });
}

async function askedFor(count: number, till: string): Promise<Record<string, number>> {
  const device = await shop.enrol('till', till);
  const journal = createTestJournal(device);
  const rows = Array.from({ length: count }, () => journal.sell('coffee' as never, 1));
  asked = {};
  await pushRows(shop.core, device, rows);
  return { ...asked };
}

test('[PUSH14] heads, devices, what was just written and the stock of a product are asked for as often for a hundred rows as for ten', async () => {
  const few = await askedFor(10, 'K1');
  const many = await askedFor(100, 'K2');
  for (const name of ['head', 'device', 'entriesFrom', 'setHead', 'forksOf', 'putDocument', 'addDailySums', 'epoch'])
    expect([name, many[name]]).toEqual([name, few[name]]);
});

test('[PUSH14] a row costs so many questions and no more', async () => {
  const [few, many] = [await askedFor(10, 'K1'), await askedFor(100, 'K2')];
  const perRow = Object.fromEntries(
    Object.keys(many).flatMap((name) => {
      const each = ((many[name] ?? 0) - (few[name] ?? 0)) / 90;
      return each > 0 ? [[name, each]] : [];
    }),
  );
  // Its id; whether anything speaks of it or its cart; and what is written.
  expect(perRow).toEqual({ entry: 1, hasTraces: 1, insertEntry: 1, addSoldCart: 1 });
});

test('[PUSH14] what speaks of a sale before it comes is heard of, also where the push itself brings it', async () => {
  const device = await shop.enrol('till', 'K3');
  const journal = createTestJournal(device);
  const sell = () => journal.sell('coffee' as never, 1, `cart-${device.device.deviceId}-1`);
  await pushRows(shop.core, device, [sell(), sell()]);
  await pushRows(shop.core, device, [sell()]);
  const stored = await shop.core.store.read((tx) => tx.entriesFrom(device.device.deviceId, 1, 10));
  expect(stored.map(({ flags }) => flags.includes('cart-sold-twice'))).toEqual([false, true, true]);
});
