import type { Payment, Tender } from './entry/payment.ts';
import { type Money, money, ZERO } from './money.ts';

interface Corrected {
  readonly from: Tender;
  readonly to: Tender;
  readonly amount: Money;
}

/**
 * How much of a sale is on its customer's account still: what was put there, as tenders were corrected since, less what refunds of it took off
 * again. Never less than nothing.
 */
export function creditLeft(
  paid: readonly Payment[],
  corrections: readonly Corrected[],
  refunds: readonly { readonly payments: readonly Payment[] }[],
): Money {
  const moved = corrections.map(
    ({ from, to, amount }) => amount * (Number(to === 'credit') - Number(from === 'credit')),
  );
  const back = refunds.map(({ payments }) => -onCredit(payments));
  return money(Math.max(0, sum([onCredit(paid), ...moved, ...back])));
}

function onCredit(payments: readonly Payment[]): number {
  return sum(payments.map(({ tender, amount }) => (tender === 'credit' ? amount : ZERO)));
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((all, amount) => all + amount, 0);
}
