import { expect, test } from 'vitest';
import type { CartId, CustomerId, EntryId } from '../../schema/ids.ts';
import { money } from '../../schema/money.ts';
import { quantity } from '../../schema/quantity.ts';
import type { Cart } from '../../schema/receipt.ts';
import { APPROVALS_MAX } from './cart-change.ts';
import { readKeptCart } from './kept-cart.ts';
import { resumedCart, withApproval } from './paid-cart.ts';

const idOf = (seq: number) => `0000000000000001:${String(seq).padStart(10, '0')}` as EntryId;
const line = { name: 'Kopi', quantity: quantity(1), unitScale: 1, unitPrice: money(10_000) };
const open: Cart = { cartId: 'cart-00000001' as CartId, lines: [line] };
const off = { id: 'happy', name: 'Happy hour', amount: money(1_000) };
const paid = { cart: { ...open, lines: [{ ...line, promotion: off }] }, open };
/** The happy hour is over. */
const over = (cart: Cart) => cart;

test('[PAY3] a cart that nobody changed is paid as it was, promotions included; one that was changed as it is now', () => {
  expect(resumedCart(paid, open, over)).toEqual(paid);
  const other = { ...open, cartId: 'cart-00000002' as CartId, note: 'the next customer' };
  expect(resumedCart(paid, other, over)).toEqual(paid);
  const changed = { ...open, note: 'no sugar' };
  expect(resumedCart(paid, changed, over)).toEqual({ cart: changed, open: changed });
});

test('[PAY3] a cart read from disk after a restart is the same one, whatever was said of it first', () => {
  const ids = { customer: { name: 'Tini', id: 'ibu-tini' as CustomerId } };
  const said: Cart = { ...ids, note: 'x', discount: undefined, ...open, lines: [{ note: 'hot', ...line }] };
  const kept = { cart: { ...said, lines: paid.cart.lines }, open: said };
  const read = readKeptCart(JSON.stringify(said));
  if (!read) throw new Error('The cart is not read.');
  expect(resumedCart(kept, read, over)).toEqual(kept);
});

test('[PAY3] of a cart that was changed while it was paid no leave is lost, neither for its payments nor for its lines', () => {
  const credit = withApproval(paid, idOf(1));
  const changed = { ...open, lines: [{ ...line, quantity: quantity(2) }], approvals: [idOf(2)] };
  expect(resumedCart(credit, changed, over).cart.approvals).toEqual([idOf(1), idOf(2)]);
  expect(resumedCart(credit, { ...open, lines: [] }, over).cart.approvals).toEqual([idOf(1)]);
});

test('[PAY3] leave for a payment never makes a sale unreadable that had all the leave it can name', () => {
  const full = Array.from({ length: APPROVALS_MAX }, (_, index) => idOf(index + 1));
  const { cart } = withApproval({ ...paid, cart: { ...paid.cart, approvals: full } }, idOf(99));
  expect(cart.approvals).toHaveLength(APPROVALS_MAX);
  expect(cart.approvals?.at(-1)).toBe(idOf(99));
});
