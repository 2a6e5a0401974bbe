import type { CashRounding } from './cash-rounding.ts';
import type { Payment, Tender } from './entry/payment.ts';
import { type Money, money, subtractMoney, ZERO } from './money.ts';
import { payExactly } from './receipt.ts';
import { cashDue, leftToPay, paidBy } from './settle-payments.ts';

/** How the two halves of an exchange are paid. */
export interface ExchangePayments {
  readonly refund: readonly Payment[];
  readonly sale: readonly Payment[];
  /** Of what comes back, what is taken off the account before any money goes back. */
  readonly onAccount: Money;
}

/** What comes back of a debt is taken off it, as far as it is owed. */
export function accountFirst(back: Money, owed: Money): Payment[] {
  const amount = money(Math.min(back, owed));
  return amount > 0 ? [payExactly('credit', amount)] : [];
}

/** Who owes whom what once both halves are set off, as money changes hands. */
export interface ExchangeRest {
  /** `pay`: the customer pays; `back`: the customer gets money back; `even`. */
  readonly who: 'pay' | 'back' | 'even';
  readonly amount: Money;
}

/**
 * The payments of an exchange: what came back pays for what goes out as far as it reaches, and one of the two carries the rest in a real
 * tender, once what is `owed` is taken off the account. The amounts named `exchange` are the same in both halves, so that over both they add up to nothing.
 */
export function exchangePayments(
  refundTotal: Money,
  saleTotal: Money,
  rest: Exclude<Tender, 'exchange'>,
  rounding: CashRounding | undefined,
  owed: Money = ZERO,
): ExchangePayments {
  const setOff = [payExactly('exchange', money(Math.min(refundTotal, saleTotal)))];
  const offAccount = [...setOff, ...accountFirst(leftToPay(refundTotal, setOff), owed)];
  return {
    onAccount: paidBy(offAccount.slice(1)),
    refund: [...offAccount, ...restOf(refundTotal, offAccount, rest, rounding)],
    sale: [...setOff, ...restOf(saleTotal, setOff, rest, rounding)],
  };
}

/** What is left when both are set off. */
export function exchangeRest({ refund, sale, onAccount }: ExchangePayments): ExchangeRest {
  const [back, pay] = [subtractMoney(paidBy(refund.slice(1)), onAccount), paidBy(sale.slice(1))];
  if (back === pay) return { who: 'even', amount: ZERO };
  return back > 0 ? { who: 'back', amount: back } : { who: 'pay', amount: pay };
}

function restOf(
  total: Money,
  setOff: readonly Payment[],
  tender: Exclude<Tender, 'exchange'>,
  rounding: CashRounding | undefined,
): Payment[] {
  const left = tender === 'cash' ? cashDue(total, setOff, rounding) : leftToPay(total, setOff);
  if (left === ZERO && leftToPay(total, setOff) === ZERO) return [];
  return [{ ...payExactly(tender, left), confirmed: tender !== 'qris' }];
}
