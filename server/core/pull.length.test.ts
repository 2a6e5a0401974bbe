import { afterEach, beforeEach, expect, test } from 'vitest';
import { COMPANY_SCOPE } from '../../schema/ids.ts';
import type { Checkpoint } from '../../schema/protocol/checkpoint.ts';
import type { ReadTx, Store } from '../store/store.ts';
import { openTestShop, type TestShop } from '../testing/test-shop.ts';
import { PAGE_LENGTH_MAX, pull } from './pull.ts';

let shop: TestShop;

beforeEach(async () => {
  shop = await openTestShop();
});
afterEach(() => shop.close());

test('[PULL2] [I12] a page is bounded in length too, never empty before the end, and pages lead to the end', async () => {
  const till = await shop.enrol();
  const lengths = [0.4, 0.4, 0.4, 1.5, 0.1, 0.1].map((part) => Math.floor(part * PAGE_LENGTH_MAX));
  for (const [index, length] of lengths.entries()) {
    const document = { id: `p${index}`, scope: COMPANY_SCOPE, json: JSON.stringify('x'.repeat(length)) };
    await shop.core.store.write([COMPANY_SCOPE], (tx) => tx.putDocument('products', document));
  }
  const pages: number[] = [];
  for (let checkpoint: Checkpoint | undefined, more = true; more; ) {
    const request = { collection: 'products', checkpoint, limit: 100, lengthMax: PAGE_LENGTH_MAX } as const;
    const page = await pull(shop.core, till.stored, request);
    pages.push(page.documents.length);
    [checkpoint, more] = [page.checkpoint, page.more];
  }
  expect(pages).toEqual([2, 1, 1, 2]);
});

test('[PULL2] [I12] no more is read at once than a page may hold, however many long documents lie there', async () => {
  const till = await shop.enrol();
  const long = JSON.stringify('x'.repeat(PAGE_LENGTH_MAX / 100));
  await shop.core.store.write([COMPANY_SCOPE], async (tx) => {
    for (let n = 0; n < 600; n += 1)
      await tx.putDocument('products', { id: `p${n}`, scope: COMPANY_SCOPE, json: long });
  });
  let read = 0;
  const spied: ReadTx['documentsAfter'] = async (...args) => {
    const rows = await real.documentsAfter(...args);
    read += rows.reduce((sum, { json }) => sum + json.length, 0);
    return rows;
  };
  let real: ReadTx = {} as ReadTx;
  const { store } = shop.core;
  const spying: Store['read'] = (look) =>
    store.read((tx) => {
      real = tx;
      return look({ ...tx, documentsAfter: spied });
    });
  const core = { ...shop.core, store: { ...store, read: spying } };
  const request = { collection: 'products', checkpoint: undefined, limit: 5_000, lengthMax: PAGE_LENGTH_MAX } as const;
  const page = await pull(core, till.stored, request);
  expect([page.documents.length, page.more]).toEqual([99, true]);
  expect(read).toBeLessThan(3 * PAGE_LENGTH_MAX);
});
