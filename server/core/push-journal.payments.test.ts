import { afterEach, beforeEach, expect, test } from 'vitest';
import { sealEntry } from '../../schema/chain.ts';
import type { BodyOf, DeviceEntry, DeviceEntryKind } from '../../schema/entry/entry.ts';
import { customerIdShape, type EntryId, entryId } from '../../schema/ids.ts';
import { money } from '../../schema/money.ts';
import { payExactly } from '../../schema/receipt.ts';
import { accountOf } from '../../schema/stock/account.ts';
import { type Stock, stockId } from '../../schema/stock/counter.ts';
import { createTestJournal, type TestJournal } from '../testing/test-device.ts';
import { pushRows } from '../testing/test-push.ts';
import { openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';

let shop: TestShop;
let till: TestEnrolment;
let journal: TestJournal;

beforeEach(async () => {
  shop = await openTestShop();
  till = await shop.enrol();
  journal = createTestJournal(till);
});
afterEach(() => shop.close());

const TINI = customerIdShape.parse('ibu-tini');
/** Entries behind the sale, as the till would write them. */
function chained(first: DeviceEntry) {
  let head = { seq: first.seq, hash: first.hash };
  return <Kind extends DeviceEntryKind>(kind: Kind, body: BodyOf<Kind>): DeviceEntry => {
    const { deviceId, branch, person, at } = first;
    const entry = sealEntry({ deviceId, branch, person, at, kind, body }, head) as DeviceEntry;
    head = { seq: entry.seq, hash: entry.hash };
    return entry;
  };
}
/** Whether its person might do it alone is told elsewhere. */
const flagsOf = async (id: EntryId) =>
  (await shop.core.store.read((tx) => tx.entry(id)))?.flags.filter((flag) => flag !== 'no-approval');

test('[PAY5] the first confirmation of a known payment is right; a second, and one of no payment, is accepted and flagged', async () => {
  const sale = journal.sell(await shop.addProduct('coffee'), 3);
  const next = chained(sale);
  const confirm = (of: EntryId, payment: number) => next('payment-confirmed', { sale: of, payment, reference: 'R1' });
  const elsewhere = entryId(till.device.deviceId, 99);
  const { amount } = (sale as Extract<DeviceEntry, { kind: 'sale' }>).body.payments[0] ?? { amount: money(0) };
  const correct = (sum: number) =>
    next('tender-correction', { sale: sale.id, payment: 0, from: 'cash', to: 'card', amount: money(sum) });
  const entries = [
    confirm(sale.id, 0),
    confirm(sale.id, 0),
    confirm(sale.id, 1),
    confirm(elsewhere, 0),
    correct(amount),
    correct(1),
  ];
  const { verdicts } = await pushRows(shop.core, till, [sale, ...entries]);
  expect(new Set(verdicts.map(({ verdict }) => verdict))).toEqual(new Set(['accepted']));
  expect(await Promise.all(entries.map(({ id }) => flagsOf(id)))).toEqual([
    [],
    ['confirmed-twice'],
    ['unknown-payment'],
    ['unknown-payment'],
    [],
    ['unknown-payment', 'corrected-twice'],
  ]);
});

test('[CRD1] what a customer pays back is folded into the account in the same transaction, and is no unknown product', async () => {
  const sale = journal.sell(await shop.addProduct('coffee'), 1);
  const paid = chained(sale)('credit-payment', {
    customer: TINI,
    name: 'Ibu Tini',
    payment: payExactly('cash', money(20_000)),
  });
  await pushRows(shop.core, till, [sale, paid]);
  const id = stockId(till.device.branch, accountOf(TINI));
  const document = await shop.core.store.read((tx) => tx.document('stock', id));
  expect(JSON.parse(document?.json ?? 'null') as Stock).toMatchObject({
    counters: { [till.device.deviceId]: { in: 20_000, out: 0, seq: 2 } },
  });
  expect(await flagsOf(paid.id)).toEqual([]);
});
