import { useMemo } from 'react';
import type { Payment } from '../../schema/entry/payment.ts';
import { type Money, subtractMoney } from '../../schema/money.ts';
import { type Cart, priceCart, type ReceiptRules } from '../../schema/receipt.ts';
import { cashDue, isTooMuch, leftToPay, roundingOf } from '../../schema/settle-payments.ts';
import { useDevice } from '../app/contexts.ts';
import { useLive } from '../app/use-live.ts';

/** What a cart costs, and what is left of it. */
export interface Bill {
  readonly total: Money;
  /** Left to pay by anything but cash; less than 0 where too much was taken. */
  readonly left: Money;
  /** Left to pay in cash, rounded where the shop rounds. */
  readonly cash: Money;
  /** By how much cash is rounded now. */
  readonly rounding: Money;
  /** More was taken than settles it. */
  readonly isTooMuch: boolean;
  readonly isSettledBy: (payments: readonly Payment[]) => boolean;
}

/** The bill of the cart that is paid; null for none, and where its figures are too large. */
export function useBill(cart: Cart | null, taken: readonly Payment[]): Bill | null {
  const rules = useLive(useDevice().company.rules);
  return useMemo(() => (cart && rules ? makeBill(cart, taken, rules) : null), [cart, taken, rules]);
}

function makeBill(cart: Cart, taken: readonly Payment[], rules: ReceiptRules): Bill | null {
  try {
    const { total } = priceCart(cart, rules).totals;
    const [left, cash] = [leftToPay(total, taken), cashDue(total, taken, rules.cashRounding)];
    const isSettledBy = (payments: readonly Payment[]) => roundingOf(total, payments, rules.cashRounding) !== null;
    const tooMuch = isTooMuch(total, taken, rules.cashRounding);
    return { total, left, cash, rounding: subtractMoney(cash, left), isTooMuch: tooMuch, isSettledBy };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
