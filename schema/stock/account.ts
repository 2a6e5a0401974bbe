import type { Payment } from '../entry/payment.ts';
import type { CustomerId, ProductId } from '../ids.ts';
import type { Money } from '../money.ts';

/**
 * A customer's store credit (kasbon) is a counter like a product's, under an id of its own: so it is folded, pulled, told live,
 * retired, restored, compared and verified with the stock (CRD1). In minor units of money; what is owed is minus its on hand.
 */
const PREFIX = 'kasbon_';

/** The id of a customer's account among the stock documents. */
export function accountOf(customer: CustomerId): ProductId {
  return `${PREFIX}${customer}` as ProductId;
}

/** True for an id that names an account: no product, whatever a list of stock says. */
export function isAccount(id: ProductId): boolean {
  return id.startsWith(PREFIX);
}

/** What moves on an account: positive takes off what the customer owes. */
export interface AccountMove {
  readonly productId: ProductId;
  readonly delta: number;
}

/** Payments by store credit of one receipt, on its customer's account. Nothing without a customer's id: nobody can owe it. */
export function creditMoves(
  payments: readonly Payment[],
  customer: CustomerId | undefined,
  sign: 1 | -1,
): AccountMove[] {
  if (customer === undefined) return [];
  const credits = payments.filter(({ tender, amount }) => tender === 'credit' && amount > 0);
  return credits.map(({ amount }) => ({ productId: accountOf(customer), delta: sign * amount }));
}

/** Money paid back, or taken off or put on an account by a correction. */
export function accountMove(customer: CustomerId | undefined, amount: Money, sign: 1 | -1): AccountMove[] {
  return customer === undefined || amount === 0 ? [] : [{ productId: accountOf(customer), delta: sign * amount }];
}
