import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import type { Sale } from '../../schema/entry/sale.ts';
import { type CartId, cartIdShape, type EntryId, type ProductId } from '../../schema/ids.ts';
import { REFUNDS_OF_ONE_MAX } from '../../schema/limits.ts';
import { buildReceipt, payExactly } from '../../schema/receipt.ts';
import { refundCart, refundRules } from '../../schema/refund.ts';
import { must } from '../../schema/result.ts';
import { createTestJournal, type TestJournal } from '../testing/test-device.ts';
import { pushRows } from '../testing/test-push.ts';
import { openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';

/** Two tills that cannot hear each other give money back for one receipt. */
interface Seat {
  readonly till: TestEnrolment;
  readonly journal: TestJournal;
}
let shop: TestShop;
let one: Seat;
let two: Seat;
let sale: Sale;

const RULES = { currency: { code: 'IDR', digits: 0 }, rounding: 'half-up', taxes: [] } as const;

beforeEach(async () => {
  shop = await openTestShop();
  const sit = async (): Promise<Seat> => {
    const till = await shop.enrol();
    return { till, journal: createTestJournal(till) };
  };
  [one, two] = [await sit(), await sit()];
  const coffee: ProductId = await shop.addProduct('coffee');
  sale = one.journal.sell(coffee, 3) as Sale;
});
afterEach(() => shop.close());

let refunds = 0;
function refund({ till, journal }: Seat, quantity: number, before = 0): DeviceEntry {
  refunds += 1;
  const cartId: CartId = cartIdShape.parse(`refund-cart-${refunds}`);
  const cart = refundCart(cartId, sale.body, [{ quantity, before }]);
  const place = { ...till.device, receiptNo: journal.head.seq + 1 };
  const receipt = buildReceipt(cart, refundRules(RULES, sale.body), place);
  const original = { entry: sale.id, receipt: sale.body.receipt };
  return journal.write('refund', {
    ...receipt,
    payments: [payExactly('cash', receipt.totals.due)],
    original,
    reason: 'rusak',
  });
}

const push = ({ till }: Seat, ...entries: DeviceEntry[]) => pushRows(shop.core, till, entries);
const overOf = async (id: EntryId) =>
  (await shop.core.store.read((tx) => tx.entry(id)))?.flags.filter((flag) => flag.startsWith('over')) ?? null;

describe('two tills that both give the money back', () => {
  test('[RET5] the later refund is accepted, counts, and is flagged with the money that is too much', async () => {
    const [first, second] = [refund(one, 2), refund(two, 2)];
    await push(one, sale, first);
    expect((await push(two, second)).verdicts).toMatchObject([{ verdict: 'accepted' }]);
    expect([await overOf(first.id), await overOf(second.id)]).toEqual([[], ['over-refunded:1000']]);
  });

  test('[RET5] no more than was sold is not flagged, in whatever parts', async () => {
    const parts = [refund(one, 1), refund(two, 1, 1), refund(one, 1, 2)] as const;
    await push(one, sale, parts[0], parts[2]);
    await push(two, parts[1]);
    for (const { id } of parts) expect(await overOf(id)).toEqual([]);
  });

  test('[RET5] a sale that comes behind its refunds finds the same ones', async () => {
    const early = refund(two, 3);
    const late = refund(two, 1);
    await push(two, early, late);
    expect([await overOf(early.id), await overOf(late.id)]).toEqual([[], []]);
    await push(one, sale);
    expect([await overOf(early.id), await overOf(late.id)]).toEqual([[], ['over-refunded:1000']]);
  });

  test('[RET5] of more refunds of one receipt than are compared each further one is flagged whole', async () => {
    const compared = Array.from({ length: REFUNDS_OF_ONE_MAX }, () => refund(one, 1));
    const further = [refund(one, 1), refund(two, 2)] as const;
    await push(one, sale, ...compared, further[0]);
    await push(two, further[1]);
    expect([await overOf(further[0].id), await overOf(further[1].id)]).toEqual([
      ['over-refunded:1000'],
      ['over-refunded:2000'],
    ]);
    expect(await overOf(must(compared.at(-1), 'a refund').id)).toEqual(['over-refunded:1000']);
  });

  test('[RET5] pushed again nothing is flagged twice, and others hear of the flag', async () => {
    const [first, second] = [refund(one, 3), refund(two, 3)];
    await push(one, sale, first);
    await push(two, second);
    await push(two, second);
    expect(await overOf(second.id)).toEqual(['over-refunded:3000']);
    const seen = await shop.core.store.read((tx) =>
      tx.journalAfter({ scope: sale.branch as never, after: 0, limit: 100 }, one.till.device.deviceId),
    );
    expect(seen.filter(({ id }) => id === second.id).map(({ flags }) => flags)).toEqual([
      expect.arrayContaining(['over-refunded:3000']),
    ]);
  });
});
