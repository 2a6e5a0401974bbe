import { afterEach, beforeEach, expect, test } from 'vitest';
import { COMPANY_SCOPE } from '../../schema/ids.ts';
import type { Checkpoint } from '../../schema/protocol/checkpoint.ts';
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
