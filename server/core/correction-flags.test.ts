import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import type { Tender } from '../../schema/entry/payment.ts';
import type { Sale } from '../../schema/entry/sale.ts';
import type { EntryId } from '../../schema/ids.ts';
import type { Money } from '../../schema/money.ts';
import { createTestJournal, type TestJournal } from '../testing/test-device.ts';
import { pushRows } from '../testing/test-push.ts';
import { openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';

/** Two tills that cannot hear each other correct the same payment. */
interface Seat {
  readonly till: TestEnrolment;
  readonly journal: TestJournal;
}
let shop: TestShop;
let one: Seat;
let two: Seat;
let sale: Sale;

beforeEach(async () => {
  shop = await openTestShop();
  const sit = async (): Promise<Seat> => {
    const till = await shop.enrol();
    return { till, journal: createTestJournal(till) };
  };
  [one, two] = [await sit(), await sit()];
  sale = one.journal.sell(await shop.addProduct('coffee'), 1) as Sale;
});
afterEach(() => shop.close());

function correct({ journal }: Seat, of: DeviceEntry, amount: Money, from: Tender, to: Tender): DeviceEntry {
  return journal.write('tender-correction', { sale: of.id, payment: 0, from, to, amount });
}
const push = ({ till }: Seat, ...entries: DeviceEntry[]) => pushRows(shop.core, till, entries);
const isFlagged = async (id: EntryId) =>
  (await shop.core.store.read((tx) => tx.entry(id)))?.flags.includes('corrected-twice');

test('[PAY11] the later of two corrections of one payment is accepted, and flagged', async () => {
  const due = sale.body.totals.due;
  const [first, second] = [correct(one, sale, due, 'cash', 'card'), correct(two, sale, due, 'cash', 'qris')];
  await push(one, sale, first);
  expect((await push(two, second)).verdicts).toMatchObject([{ verdict: 'accepted' }]);
  expect([await isFlagged(first.id), await isFlagged(second.id)]).toEqual([false, true]);
});

test('[PAY11] corrections that go on from each other are not flagged, and a sale that comes last finds the same ones', async () => {
  const due = sale.body.totals.due;
  const [first, second] = [correct(two, sale, due, 'cash', 'card'), correct(two, sale, due, 'card', 'qris')];
  const apart = correct(one, sale, due, 'cash', 'card');
  await push(two, first, second);
  expect([await isFlagged(first.id), await isFlagged(second.id)]).toEqual([false, false]);
  await push(one, sale, apart);
  expect([await isFlagged(first.id), await isFlagged(second.id), await isFlagged(apart.id)]).toEqual([
    false,
    false,
    true,
  ]);
});

test('[PAY11] so is store credit that was paid back', async () => {
  const amount = 5_000 as Money;
  const payment = { tender: 'cash' as const, amount, confirmed: true };
  const paid = one.journal.write('credit-payment', { customer: 'budi' as never, name: 'Budi', payment });
  const [first, second] = [correct(one, paid, amount, 'cash', 'card'), correct(two, paid, amount, 'cash', 'card')];
  await push(one, sale, paid, first);
  await push(two, second);
  expect([await isFlagged(first.id), await isFlagged(second.id)]).toEqual([false, true]);
});
