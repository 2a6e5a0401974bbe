import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BodyOf } from '../../schema/entry/entry.ts';
import type { CartId, EntryId, PersonId, ProductId } from '../../schema/ids.ts';
import type { Money } from '../../schema/money.ts';
import type { RoleSettings } from '../../schema/roles.ts';
import { MANAGER } from '../seed/shop.ts';
import { readShop } from '../testing/read-shop.ts';
import { createTestJournal, type TestJournal } from '../testing/test-device.ts';
import { pushRows } from '../testing/test-push.ts';
import { openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';
import { putCompanyDoc, readCompanyDoc } from './company-writer.ts';

const CASHIER = 'sari' as PersonId;
const CART = 'cart-approved' as CartId;

let shop: TestShop;
let till: TestEnrolment;
let journal: TestJournal;
let coffee: ProductId;

beforeEach(async () => {
  shop = await openTestShop();
  till = await shop.enrol();
  journal = createTestJournal(till);
  coffee = await shop.addProduct('coffee');
});
afterEach(() => shop.close());

const waste = (approval?: EntryId) =>
  journal.write('waste', { reason: 'broken', lines: [{ productId: coffee, quantity: 1 as never }], approval });
const approve = (body: Partial<BodyOf<'approval'>> = {}) =>
  journal.write('approval', { action: 'stock-move', approver: MANAGER, reason: '', by: 'pin', ...body });
const flagsAfter = async (...entries: readonly { readonly id: EntryId }[]) => {
  const { verdicts } = await pushRows(shop.core, till, entries);
  expect(verdicts.map(({ verdict }) => verdict)).toEqual(entries.map(() => 'accepted'));
  const stored = await readShop(shop.core).entriesOf(till.device.deviceId);
  return stored.map(({ flags }) => flags.includes('no-approval'));
};
const setSettings = (changes: RoleSettings) =>
  shop.core.store.write(['*' as never], async (tx) => {
    const settings = await readCompanyDoc(tx, 'settings', 'settings');
    if (settings) await putCompanyDoc(tx, shop.core.epoch.n, { ...settings, ...changes } as never);
  });

test('[ROLE5] what a cashier may not do alone is accepted, and flagged without an approval', async () => {
  expect(await flagsAfter(waste())).toEqual([true]);
});

test('[ROLE5] an approval by a manager before it takes the flag away, also in the same push', async () => {
  const approval = approve();
  expect(await flagsAfter(approval, waste(approval.id))).toEqual([false, false]);
});

test('[ROLE5] an approval by somebody who may not give it is flagged, and counts for nothing', async () => {
  const byCashier = approve({ approver: CASHIER });
  const byNobody = approve({ approver: 'ghost' as PersonId });
  const bySelf = approve({ by: 'self' });
  const entries = [byCashier, waste(byCashier.id), byNobody, waste(byNobody.id), bySelf, waste(bySelf.id)];
  expect(await flagsAfter(...entries)).toEqual(entries.map(() => true));
});

test('[ROLE5] an approval of something else, or none at all, counts for nothing', async () => {
  const other = approve({ action: 'refund' });
  const received = journal.receive(coffee, 5);
  const missing = `${till.device.deviceId}:0000009999` as EntryId;
  const entries = [other, received, waste(other.id), waste(received.id), waste(missing)];
  expect(await flagsAfter(...entries)).toEqual([false, false, true, true, true]);
});

test('[ROLE5] an approval written after what it allows counts for nothing', async () => {
  const later = `${till.device.deviceId}:0000000002` as EntryId;
  expect(await flagsAfter(waste(later), approve())).toEqual([true, false]);
});

test('[ROLE5] an approval of one cart does not serve another', async () => {
  const approval = approve({ action: 'refund', cart: CART });
  const sold = journal.sell(coffee, 1);
  if (sold.kind !== 'sale') throw new Error('no sale');
  const refund = (cartId: CartId, receiptNo: number) =>
    journal.write('refund', {
      ...sold.body,
      ...{ cartId, receiptNo, receipt: `K1-1-${receiptNo}`, reason: 'changed mind', approvals: [approval.id] },
    });
  const entries = [approval, sold, refund(CART, 2), refund('cart-another' as CartId, 3)];
  expect(await flagsAfter(...entries)).toEqual([false, false, false, true]);
});

test('[ROLE5] the settings decide what cashiers may; a person who left may nothing', async () => {
  await setSettings({ cashierMay: ['stock-move'] });
  expect(await flagsAfter(waste())).toEqual([false]);
  await shop.core.store.write(['*' as never], async (tx) => {
    const sari = await readCompanyDoc(tx, 'person', `person:${CASHIER}`);
    if (sari) await putCompanyDoc(tx, shop.core.epoch.n, { ...sari, active: false });
  });
  expect(await flagsAfter(waste())).toEqual([false, true]);
});

test('[ROLE5] a large discount is flagged, a small one is not', async () => {
  const sold = journal.sell(coffee, 10);
  if (sold.kind !== 'sale') throw new Error('no sale');
  const discounted = (basisPoints: number, cartId: string) =>
    journal.write('sale', { ...sold.body, cartId: cartId as CartId, discount: { type: 'percent', basisPoints } });
  expect(await flagsAfter(sold, discounted(1_000, 'cart-small'), discounted(9_000, 'cart-large'))).toEqual([
    false,
    false,
    true,
  ]);
});

test('[ROLE5] leave for credit above the limit is leave for the credit', async () => {
  const approval = approve({ action: 'credit-limit' });
  const sold = journal.sell(coffee, 1);
  if (sold.kind !== 'sale') throw new Error('no sale');
  const onCredit = (cartId: string, approvals: EntryId[]) =>
    journal.write('sale', {
      ...sold.body,
      ...{ cartId: cartId as CartId, approvals, customer: { id: 'ibu-tini' as never, name: 'Ibu Tini' } },
      payments: [{ tender: 'credit', amount: sold.body.totals.due, confirmed: true }],
    });
  const entries = [approval, onCredit('cart-allowed', [approval.id]), onCredit('cart-alone', [])];
  expect(await flagsAfter(...entries)).toEqual([false, false, true]);
});

test('[ROLE6] an approval without a cart serves one entry, whichever comes first', async () => {
  const approval = approve();
  expect(await flagsAfter(approval, waste(approval.id), waste(approval.id))).toEqual([false, false, true]);
});

test('[ROLE9] an approval serves one line of a sale, and each of two needs its own', async () => {
  const sold = journal.sell(coffee, 1);
  if (sold.kind !== 'sale') throw new Error('no sale');
  const cheaper = (cartId: CartId) => approve({ action: 'price-override', cart: cartId, amount: 1 as Money });
  const [line] = sold.body.lines;
  if (!line) throw new Error('no line');
  const overridden = { ...line, listPrice: (line.unitPrice + 1) as Money };
  const two = (cartId: CartId, approvals: readonly EntryId[]) =>
    journal.write('sale', { ...sold.body, cartId, lines: [overridden, overridden], approvals: [...approvals] });
  const [once, both] = ['cart-once' as CartId, 'cart-both' as CartId];
  const given = [cheaper(once), cheaper(both), cheaper(both)];
  const [a, b, c] = given.map(({ id }) => id) as [EntryId, EntryId, EntryId];
  const sales = [two(once, [a]), two(both, [b, c])];
  expect(await flagsAfter(sold, ...given, ...sales)).toEqual([false, false, false, false, true, false]);
});

test('[ROLE6] an approval counts for no more money than it names', async () => {
  const approvals = [5_000, 5_000].map((amount) => approve({ action: 'cash-out', amount: amount as Money }));
  const out = (amount: number, approval: EntryId) =>
    journal.write('cash-out', { amount: amount as Money, reason: 'es batu', approval });
  const [little, much] = approvals.map(({ id }, index) => out(index === 0 ? 5_000 : 500_000, id));
  expect(await flagsAfter(...approvals, ...[little, much].filter((one) => one !== undefined))).toEqual([
    ...[false, false],
    ...[false, true],
  ]);
});
