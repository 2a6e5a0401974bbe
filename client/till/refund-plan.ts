import type { Payment, Tender } from '../../schema/entry/payment.ts';
import type { Sale } from '../../schema/entry/sale.ts';
import { accountFirst, type ExchangeRest, exchangePayments, exchangeRest } from '../../schema/exchange.ts';
import { type Money, ZERO } from '../../schema/money.ts';
import { type Cart, payExactly, priceCart, type ReceiptRules } from '../../schema/receipt.ts';
import { refundRules } from '../../schema/refund.ts';
import { cashDue, leftToPay, paidBy } from '../../schema/settle-payments.ts';

/** How money goes back, or in an exchange the rest of it changes hands. */
export type RefundTender = Exclude<Tender, 'exchange'>;

export interface RefundPlan {
  /** By which it was computed. */
  readonly rules: ReceiptRules;
  readonly refund: readonly Payment[];
  /** The payments of what goes out in exchange; none where nothing does. */
  readonly sale: readonly Payment[];
  /** Taken off what the customer owes, before any money goes back. */
  readonly onAccount: Money;
  /** What changes hands in the end. */
  readonly rest: ExchangeRest;
}

/** What a refund or an exchange moves: what is `owed` of the sale first. Null while nothing comes back, or where the figures are too large. */
export function planRefund(
  { cart, sale, goods }: { readonly cart: Cart; readonly sale: Sale | null; readonly goods: Cart | null },
  tender: RefundTender,
  rules: ReceiptRules | undefined,
  owed: Money = ZERO,
): RefundPlan | null {
  if (rules === undefined || cart.lines.length === 0 || goods?.lines.length === 0) return null;
  const back = totalOf(cart, sale ? refundRules(rules, sale.body) : rules);
  const out = goods ? totalOf(goods, rules) : ZERO;
  if (back === null || out === null) return null;
  if (goods) {
    const payments = exchangePayments(back, out, tender, rules.cashRounding, owed);
    return { ...payments, rules, rest: exchangeRest(payments) };
  }
  const account = accountFirst(back, owed);
  const left = leftToPay(back, account);
  const amount = tender === 'cash' ? cashDue(back, account, rules.cashRounding) : left;
  const money = left > 0 || account.length === 0 ? [payExactly(tender, amount)] : [];
  const onAccount = paidBy(account);
  return { rules, refund: [...account, ...money], sale: [], onAccount, rest: { who: 'back', amount } };
}

function totalOf(cart: Cart, rules: ReceiptRules): Money | null {
  try {
    return priceCart(cart, rules).totals.total;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The ways that a refund of this sale may go: cash, as it was paid, and onto the customer's account where there is one. */
export function refundTenders(sale: Sale | null, isExchange: boolean): readonly RefundTender[] {
  const paid = sale?.body.payments.map(({ tender }) => tender) ?? [];
  const offered = isExchange ? (['card', 'qris'] as const) : paid.filter((one) => one === 'card' || one === 'qris');
  const credit = sale?.body.customer?.id !== undefined ? (['credit'] as const) : [];
  return [...new Set<RefundTender>(['cash', ...(offered as RefundTender[]), ...credit])];
}

/** Of these, those by which the rest may change hands: what a customer pays is not put on an account, for which leave is asked and a limit kept. */
export function tendersFor(tenders: readonly RefundTender[], who: ExchangeRest['who']): readonly RefundTender[] {
  return who === 'pay' ? tenders.filter((tender) => tender !== 'credit') : tenders;
}
