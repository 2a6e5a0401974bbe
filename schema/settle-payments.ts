import { type CashRounding, cashRoundingOf, roundCash } from './cash-rounding.ts';
import type { Payment } from './entry/payment.ts';
import { addMoney, type Money, subtractMoney, ZERO } from './money.ts';

/** What the payments add up to. */
export function paidBy(payments: readonly Payment[]): Money {
  return addMoney(...payments.map(({ amount }) => amount));
}

/**
 * By how much the payments differ from the total: 0, or what rounding allows on the part that is paid in cash. Null where they do
 * not settle the total.
 */
export function roundingOf(total: Money, payments: readonly Payment[], rule: CashRounding | undefined): Money | null {
  if (payments.length === 0) return null;
  const difference = subtractMoney(paidBy(payments), total);
  if (difference === ZERO) return ZERO;
  const hasCash = payments.some(({ tender }) => tender === 'cash');
  return hasCash && difference === cashRoundingOf(cashShare(total, payments), rule) ? difference : null;
}

/** What to ask for in cash now, so that nothing is left; less than 0 where too much was paid. */
export function cashDue(total: Money, payments: readonly Payment[], rule: CashRounding | undefined): Money {
  const share = cashShare(total, payments);
  const inCash = paidBy(payments.filter(({ tender }) => tender === 'cash'));
  return subtractMoney(share > 0 ? roundCash(share, rule) : share, inCash);
}

/** True when more was taken than can settle the total, in cash or otherwise. */
export function isTooMuch(total: Money, payments: readonly Payment[], rule: CashRounding | undefined): boolean {
  return leftToPay(total, payments) < 0 && cashDue(total, payments, rule) < 0;
}

/** What is left of the total, to be paid by anything but cash. */
export function leftToPay(total: Money, payments: readonly Payment[]): Money {
  return subtractMoney(total, paidBy(payments));
}

/** The part of the total that no other tender pays. */
function cashShare(total: Money, payments: readonly Payment[]): Money {
  return subtractMoney(total, paidBy(payments.filter(({ tender }) => tender !== 'cash')));
}
