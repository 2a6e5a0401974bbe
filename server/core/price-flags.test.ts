import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CartId, ProductId } from '../../schema/ids.ts';
import { money } from '../../schema/money.ts';
import { quantity } from '../../schema/quantity.ts';
import { buildReceipt, payExactly } from '../../schema/receipt.ts';
import { createTestJournal, type TestJournal } from '../testing/test-device.ts';
import { pushRows } from '../testing/test-push.ts';
import { openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';

let shop: TestShop;
let till: TestEnrolment;
let journal: TestJournal;
let coffee: ProductId;

beforeEach(async () => {
  shop = await openTestShop();
  till = await shop.enrol();
  journal = createTestJournal(till);
  const branchPrices = { [till.device.branch]: money(1_200), cabang: money(7) };
  coffee = await shop.addProduct('coffee', { rev: { epoch: 1, n: 5 }, branchPrices });
});
afterEach(() => shop.close());

let carts = 0;
/** Sells one coffee at a price, with the revision that the till knew; gives the flags that the server keeps. */
async function flagsOf(price: number, n: number): Promise<readonly string[]> {
  const line = {
    productId: coffee,
    rev: { epoch: 1, n },
    name: 'Kopi',
    quantity: quantity(1),
    unitScale: 1,
    unitPrice: money(price),
  };
  const rules = { currency: { code: 'IDR', digits: 0 }, rounding: 'half-up', taxes: [] } as const;
  carts += 1;
  const cart = { cartId: `cart-price-${carts}` as CartId, lines: [line] };
  const receipt = buildReceipt(cart, rules, { till: till.device.till, generation: 1, receiptNo: carts });
  const entry = journal.write('sale', { ...receipt, payments: [payExactly('cash', receipt.totals.due)] });
  const answer = await pushRows(shop.core, till, [entry]);
  expect(answer.verdicts).toMatchObject([{ verdict: 'accepted' }]);
  return (await shop.core.store.read((tx) => tx.entry(entry.id)))?.flags ?? [];
}

test('[PRD7] the server computes with the branch’s price: that is right, and every other one is flagged and counts', async () => {
  expect(await flagsOf(1_200, 5)).toEqual([]);
  expect(await flagsOf(1_200, 4)).toEqual([]);
  expect(await flagsOf(1_000, 5)).toEqual(['old-price']);
  expect(await flagsOf(900, 4)).toEqual(['old-price']);
  expect(await flagsOf(7, 5)).toEqual(['wrong-price']);
});
