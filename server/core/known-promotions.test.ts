import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CartId, COMPANY_SCOPE, customerIdShape, type ProductId } from '../../schema/ids.ts';
import { money } from '../../schema/money.ts';
import { quantity } from '../../schema/quantity.ts';
import { buildReceipt, payExactly } from '../../schema/receipt.ts';
import { createTestJournal, type TestJournal } from '../testing/test-device.ts';
import { pushRows } from '../testing/test-push.ts';
import { openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';
import { putCompanyDoc } from './company-writer.ts';

let shop: TestShop;
let till: TestEnrolment;
let journal: TestJournal;
let coffee: ProductId;

beforeEach(async () => {
  shop = await openTestShop();
  till = await shop.enrol();
  journal = createTestJournal(till);
  coffee = await shop.addProduct('coffee');
  const head = { scope: COMPANY_SCOPE, active: true, name: 'Members' };
  await shop.core.store.write([COMPANY_SCOPE], async (tx) => {
    const customer = customerIdShape.parse('tini');
    await putCompanyDoc(tx, 1, { ...head, id: 'customer:tini', kind: 'customer', customer, group: 'member' });
    await putCompanyDoc(tx, 1, {
      ...{ ...head, id: 'promotion:member', kind: 'promotion', promotion: 'member', group: 'member' },
      ...{ from: '2020-01-01', to: '2099-12-31' },
      rule: { type: 'percent', target: { of: 'all' }, basisPoints: 1_000 },
    });
  });
});
afterEach(() => shop.close());

/** Sells two coffees for 1,000 each with this much off; gives the flags that the server keeps. */
async function flagsOf(amount: number, rev: object, customer = 'tini'): Promise<readonly string[]> {
  const promotion = { id: 'member', name: 'Members', amount: money(amount), rev };
  const line = {
    productId: coffee,
    name: 'Kopi',
    quantity: quantity(2),
    unitScale: 1,
    unitPrice: money(1_000),
    promotion,
  };
  const cartId = `cart-${journal.head.seq}-0000` as CartId;
  const cart = { cartId, lines: [line as never], customer: { id: customerIdShape.parse(customer), name: 'Tini' } };
  const rules = { currency: { code: 'IDR', digits: 0 }, rounding: 'half-up' as const, taxes: [] };
  const receipt = buildReceipt(cart, rules, { till: till.device.till, generation: 1, receiptNo: journal.head.seq + 1 });
  const entry = journal.write('sale', { ...receipt, payments: [payExactly('cash', receipt.totals.due)] });
  const { verdicts } = await pushRows(shop.core, till, [entry]);
  expect(verdicts[0]?.verdict).toBe('accepted');
  return (await shop.core.store.read((tx) => tx.entry(entry.id)))?.flags ?? [];
}

test('[PRM6] the server computes a promotion again, flags what differs, and accepts the sale', async () => {
  const rev = { epoch: 1, n: 1 };
  expect(await flagsOf(200, rev)).not.toContain('promotion');
  expect(await flagsOf(300, rev)).toContain('promotion');
  expect(await flagsOf(300, { epoch: 1, n: 9 })).not.toContain('promotion');
  expect(await flagsOf(200, rev, 'nobody')).toContain('promotion');
});
