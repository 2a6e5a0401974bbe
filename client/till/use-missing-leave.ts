import type { ApprovalNeed } from '../../schema/approval.ts';
import { useDevice } from '../app/contexts.ts';
import { useAllow } from '../app/use-allow.ts';
import type { AllowWish } from '../device/people.ts';
import { type PaidCart, withApproval } from './paid-cart.ts';

/** More is asked by the cart's own windows. */
const ASKED_MAX = 10;

/**
 * Asks for the leave that a cart still needs before it is paid: because another person is at the till now, or it came from another cart. Gives
 * the cart with what was given; given up, it lacks the rest.
 */
export function useMissingLeave(): (paid: PaidCart) => Promise<PaidCart> {
  const { till } = useDevice();
  const allow = useAllow();
  return async (paid) => {
    let next = paid;
    for (let asked = 0; asked < ASKED_MAX; asked += 1) {
      const [need] = till.lacks(next.cart);
      if (need === undefined) return next;
      const given = await allow({ ...wishOf(need), cart: next.cart.cartId });
      if (!given.ok) return next;
      next = withApproval(next, given.value);
    }
    return next;
  };
}

function wishOf({ action, amount, price, basisPoints }: ApprovalNeed): AllowWish {
  const sum = amount ?? price;
  return {
    action,
    ...(sum === undefined ? {} : { amount: sum }),
    ...(basisPoints === undefined ? {} : { basisPoints }),
  };
}
