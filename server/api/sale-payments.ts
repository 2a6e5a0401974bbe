import type { SaleRequest } from '../../schema/api/api-sale.ts';
import { findTypedCard } from '../../schema/card-in-text.ts';
import { holdsCardNumber } from '../../schema/card-number.ts';
import type { CashRounding } from '../../schema/cash-rounding.ts';
import type { Payment } from '../../schema/entry/payment.ts';
import type { Money } from '../../schema/money.ts';
import { cashDue, paidBy, roundingOf } from '../../schema/settle-payments.ts';
import { ApiFault } from './api-call.ts';

/** The payments of a sale of `total`, and what they differ from it because cash is rounded. Throws {@link ApiFault}. */
export function settle(
  total: Money,
  { payments: wished }: SaleRequest,
  rule: CashRounding | undefined,
): { readonly payments: Payment[]; readonly rounding: Money } {
  const payments = wished.map(({ tender, amount, reference }, index): Payment => {
    if (amount === undefined && wished.length > 1)
      throw new ApiFault('sale-wrong', `payments.${index}.amount: needed where there is more than one payment`);
    const due = tender === 'cash' ? cashDue(total, [], rule) : total;
    return { tender, amount: amount ?? due, ...(reference === undefined ? {} : { reference }), confirmed: true };
  });
  const rounding = roundingOf(total, payments, rule);
  if (rounding === null)
    throw new ApiFault('sale-wrong', `payments: they add up to ${paidBy(payments)}, and the sale to ${total}`);
  return { payments, rounding };
}

/** No text of a sale may hold a card's number: it is refused before anything is written. */
export function refuseCardNumbers(request: SaleRequest): void {
  const typed = findTypedCard(request);
  if (typed !== null) throw new ApiFault('sale-wrong', `${typed}: may hold a card’s number, which is never stored`);
  for (const [index, { reference = '' }] of request.payments.entries()) {
    if (holdsCardNumber(reference))
      throw new ApiFault('sale-wrong', `payments.${index}.reference: may hold a card’s number, which is never stored`);
  }
}
