import { canonicalJson } from '../../schema/canonical-json.ts';
import type { EntryId } from '../../schema/ids.ts';
import type { Cart } from '../../schema/receipt.ts';
import type { TakenPayments } from '../device/payments.ts';
import { APPROVALS_MAX } from './cart-change.ts';

/** The cart that is paid, promotions applied, and the open cart of which it was made. */
export type PaidCart = Pick<TakenPayments, 'cart' | 'open'>;

/**
 * The cart for which money was taken, when its payment goes on. One that was changed since is paid as it is now; otherwise at what was due
 * when money was taken. What somebody allowed while it was paid stays allowed.
 */
export function resumedCart({ cart, open }: PaidCart, now: Cart, applyPromotions: (cart: Cart) => Cart): PaidCart {
  const isChanged = now.cartId === cart.cartId && canonicalJson(now) !== canonicalJson(open);
  if (!isChanged) return { cart, open };
  return { cart: allowed(applyPromotions(now), [...(cart.approvals ?? []), ...(now.approvals ?? [])]), open: now };
}

/** The cart with one more leave that somebody gave. */
export function withApproval(paid: PaidCart, approval: EntryId | null): PaidCart {
  if (approval === null) return paid;
  return { ...paid, cart: allowed(paid.cart, [...(paid.cart.approvals ?? []), approval]) };
}

/** No more than a receipt can name: what was taken must not be refused for the leave that came with it. */
function allowed(cart: Cart, approvals: readonly EntryId[]): Cart {
  return approvals.length === 0 ? cart : { ...cart, approvals: [...new Set(approvals)].slice(-APPROVALS_MAX) };
}
