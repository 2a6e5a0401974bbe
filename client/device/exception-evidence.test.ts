import { expect, test } from 'vitest';
import { EMPTY_HEAD, sealEntry } from '../../schema/chain.ts';
import type { BodyOf, DeviceEntry } from '../../schema/entry/entry.ts';
import { BRANCH, CART, CASHIER, COFFEE, OPENING, RULES, TILL_DEVICE } from '../../schema/fixtures/make-entries.ts';
import type { CartId, TillCode } from '../../schema/ids.ts';
import { money } from '../../schema/money.ts';
import type { BranchEntry } from '../../schema/protocol/pull.ts';
import { buildReceipt, type Cart, payExactly } from '../../schema/receipt.ts';
import { must } from '../../schema/result.ts';
import { createBranchJournal } from '../store/branch-journal.ts';
import { type EvidenceDeps, readEvidence } from './exception-evidence.ts';
import type { Exception } from './exceptions.ts';

/** Of a shop that knows coffee, at another price than its receipts say, and no rice. */
async function evidenceOf(entries: readonly DeviceEntry[], flag: string, reason?: string) {
  const rows = entries.map((entry) => ({ ...entry, receivedAt: OPENING + 60_000, verdict: 'accepted', entry }));
  const branchJournal = createBranchJournal({
    ...{ byIds: async (ids: string[]) => rows.filter(({ id }) => ids.includes(id)), find: async () => rows },
  } as never);
  branchJournal.put(rows as unknown as BranchEntry[]);
  const product = (id: string) => (id === COFFEE ? { id, price: 21_000 } : undefined);
  const answer = reason === undefined ? { ok: false } : { ok: true, value: { reason } };
  const http = { request: async () => answer };
  const deps = { branchJournal, catalogue: { product }, http } as unknown as EvidenceDeps;
  return readEvidence(deps, { id: entries.at(-1)?.id, flag } as Exception);
}

let seq = 0;
function receipt<Kind extends 'sale' | 'refund'>(
  kind: Kind,
  cart: Cart,
  more: Partial<BodyOf<'refund'>> = {},
): DeviceEntry {
  seq += 1;
  const built = buildReceipt(cart, RULES, { till: 'K1' as TillCode, generation: 1, receiptNo: seq });
  const body = { ...built, payments: [payExactly('cash', built.totals.due)], ...more };
  const open = { deviceId: TILL_DEVICE, branch: BRANCH, person: CASHIER, at: OPENING, kind, body };
  return sealEntry(open as never, { ...EMPTY_HEAD, seq: seq - 1 }) as DeviceEntry;
}
const cartOf = (id: string): Cart => ({ ...CART, cartId: id as CartId });

test('[EXC7] a price is shown beside the one of now, and a product that nobody knows by its name and barcode', async () => {
  const sold = receipt('sale', cartOf('cart-00000001'));
  const price = { what: 'price', name: 'Kopi Tubruk 250 g', sold: 18_500, now: 21_000 };
  expect(await evidenceOf([sold], 'old-price')).toEqual([price]);
  expect(await evidenceOf([sold], 'unknown-product')).toEqual([{ what: 'unknown', name: 'Beras curah', barcode: '' }]);
});

test('[EXC7] a clock is shown beside the server’s', async () => {
  const sold = receipt('sale', cartOf('cart-00000002'));
  expect(await evidenceOf([sold], 'odd-clock')).toEqual([{ what: 'clock', said: OPENING, arrived: OPENING + 60_000 }]);
});

test('[EXC7] the other receipt of a cart, and all that gave back of one receipt, are named', async () => {
  const [first, other, twice] = ['cart-00000003', 'cart-00000004', 'cart-00000003'].map((id) =>
    receipt('sale', cartOf(id)),
  );
  const numberOf = (entry: DeviceEntry | undefined) => (must(entry, 'a receipt').body as BodyOf<'sale'>).receipt;
  expect(await evidenceOf([first, other, twice] as DeviceEntry[], 'cart-sold-twice')).toEqual([
    { what: 'cart', receipt: numberOf(first) },
  ]);
  const of = numberOf(first);
  const back = ['cart-00000005', 'cart-00000006'].map((id) =>
    receipt('refund', cartOf(id), { original: { receipt: of }, reason: 'rusak', cartId: id as CartId }),
  );
  const amount = (must(back[0], 'a refund').body as BodyOf<'refund'>).totals.due;
  expect(await evidenceOf(back, 'over-refunded:100')).toEqual(
    back.map((one) => ({ what: 'refunded', receipt: numberOf(one), amount, of })),
  );
  expect(amount).toBeGreaterThan(money(0));
});

test('[EXC9] why the server cannot read an entry is what the server says, and said to be unknown without it', async () => {
  const entries = [receipt('sale', cartOf('cart-00000008'))];
  expect(await evidenceOf(entries, 'quarantined', 'body.lines.0.price: Invalid input')).toEqual([
    { what: 'unread', reason: { why: 'form', detail: 'body.lines.0.price' } },
  ]);
  expect(await evidenceOf(entries, 'quarantined')).toEqual([{ what: 'unread', reason: null }]);
});

test('[EXC7] where its kind says it all, nothing stands beside it', async () => {
  expect(await evidenceOf([receipt('sale', cartOf('cart-00000007'))], 'late')).toEqual([]);
});
