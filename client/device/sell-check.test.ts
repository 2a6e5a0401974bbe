import { expect, test } from 'vitest';
import { type EntryDraft, sealEntry } from '../../schema/chain.ts';
import type { BodyOf } from '../../schema/entry/entry.ts';
import { type BranchId, type DeviceId, type PersonId, SEQ_MAX } from '../../schema/ids.ts';
import { ROW_BYTES_MAX } from '../../schema/limits.ts';
import { findGateFault, utf8Length } from '../../schema/payload-gate.ts';
import { createCartCheck, createPricing, findBodyFault } from './sell-check.ts';

/** The longest names a device and its people can have. */
const WIDEST = { deviceId: 'd'.repeat(16), branch: 'b'.repeat(32), person: 'p'.repeat(32) } as {
  deviceId: DeviceId;
  branch: BranchId;
  person: PersonId;
};

/** Goods that arrived, padded by a field that this version does not know, as a later one may write. */
function goodsOf(padding: number): BodyOf<'receive'> {
  const lines = Array.from({ length: 8 }, () => ({ productId: 'x', quantity: 1, note: 'y'.repeat(8_000) }));
  return { reference: '', lines, more: 'z'.repeat(padding) } as unknown as BodyOf<'receive'>;
}

test('[TILL1] [F31] whatever the clock and however long the journal, what the check lets pass the server can read', () => {
  const head = { seq: SEQ_MAX - 1, hash: 'f'.repeat(64) as never };
  const sealed = (padding: number) => {
    const draft: EntryDraft<'receive'> = { ...WIDEST, at: -(10 ** 15), kind: 'receive', body: goodsOf(padding) };
    return sealEntry(draft, head);
  };
  const room = ROW_BYTES_MAX - utf8Length(JSON.stringify(sealed(0)));
  const results = Array.from({ length: 60 }, (_, index) => room - 30 + index).map((padding) => ({
    passes: findBodyFault('receive', goodsOf(padding)) === null,
    readable: findGateFault(sealed(padding)) === null,
  }));
  expect(results.filter(({ passes, readable }) => passes && !readable)).toEqual([]);
  expect(results.some(({ passes }) => passes)).toBe(true);
});

test('[TILL1] the cart that was just checked is not proven again, and any other cart, place or rules are', () => {
  const check = createCartCheck();
  const [cart, rules, place] = [{ cartId: 'c1', lines: [] }, {}, { receiptNo: 7 }] as unknown as Parameters<
    typeof check
  >;
  const first = check(cart, rules, place);
  expect(first).toEqual({ code: 'empty-cart' });
  expect(check(cart, rules, { ...place })).toBe(first);
  expect(check({ ...cart }, rules, place)).not.toBe(first);
  const again = check(cart, rules, place);
  expect(check(cart, rules, { ...place, receiptNo: 8 })).not.toBe(again);
  const last = check(cart, rules, place);
  expect(check(cart, { ...rules }, place)).not.toBe(last);
});

test('[CARD2] a card number in the reason of money taken out is refused, and the place named', () => {
  const takeOut = (reason: string) => findBodyFault('cash-out', { amount: 5_000, reason } as BodyOf<'cash-out'>);
  expect(takeOut('beli es 5555 5555 5555 4444')).toEqual({ code: 'card-number', place: 'reason' });
  expect(takeOut('beli es')).toBeNull();
});

test('[TILL1] what was checked is sold at the price that was checked, and any other cart or rules are priced anew', () => {
  const price = createPricing();
  const line = { name: 'Kopi', unitPrice: 7_500, unitScale: 1, quantity: 1, taxId: 'none' };
  const cart = { cartId: 'c1', lines: [line] } as unknown as Parameters<typeof price>[0];
  const rules = { currency: { code: 'IDR', digits: 0 }, taxes: [], cashRounding: 1 } as unknown as Parameters<
    typeof price
  >[1];
  const priced = price(cart, rules);
  expect(priced?.totals.due).toBe(7_500);
  expect(price(cart, rules)).toBe(priced);
  expect(price(cart, { ...rules })).not.toBe(priced);
  const two = { ...cart, lines: [line, line] } as unknown as typeof cart;
  expect(price(two, rules)?.totals.due).toBe(15_000);
});
