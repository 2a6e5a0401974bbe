import type { Payment } from '../../schema/entry/payment.ts';
import { type CustomerId, customerIdShape, type ProductId } from '../../schema/ids.ts';
import { money } from '../../schema/money.ts';
import { type Cart, payCash, payExactly } from '../../schema/receipt.ts';
import type { StockEffect } from '../../schema/stock/effect.ts';

/** Who buys on store credit in every world. */
export const CUSTOMERS: readonly CustomerId[] = ['tini', 'agus', 'maya'].map((id) => customerIdShape.parse(id));

/** Where their accounts stand among the stock; written out here, because no rule of the product is asked. */
export const ACCOUNTS: readonly ProductId[] = CUSTOMERS.map((id) => `kasbon_${id}` as ProductId);

/** The rule that a wrong sum of this stock document breaks: of a customer's account CRD5, of a product I4. */
export function ruleOfStock(id: string): 'I4' | 'CRD5' {
  return id.includes('kasbon_') ? 'CRD5' : 'I4';
}

/** What a customer owes more (1) or less (-1) by a sum. */
export function accountEffect(customer: CustomerId, amount: number, sign: 1 | -1): StockEffect {
  const productId = `kasbon_${customer}` as ProductId;
  return sign > 0 ? { productId, in: 0, out: amount } : { productId, in: amount, out: 0 };
}

/** A third in cash, a third by QRIS, the rest later. Prices contain their tax, so what is due is the plain sum. */
export function splitOnCredit({ lines }: Cart): { readonly payments: readonly Payment[]; readonly owed: number } {
  const due = lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0);
  const third = money(Math.floor(due / 3));
  const owed = due - 2 * third;
  const qris = { ...payExactly('qris', third), confirmed: false };
  return { payments: [payCash(third, third), qris, payExactly('credit', money(owed))], owed };
}

/** What an entry's text says of accounts: credit of a sale, and what was paid back. */
export function accountSums(body: {
  readonly customer?: unknown;
  readonly payments?: readonly { readonly tender: string; readonly amount: number }[];
  readonly payment?: { readonly amount: number };
}): Map<string, number> {
  const credit = (body.payments ?? []).reduce(
    (sum, { tender, amount }) => (tender === 'credit' ? sum + amount : sum),
    0,
  );
  const amount = credit + (body.payment?.amount ?? 0);
  const customer = typeof body.customer === 'object' ? (body.customer as { id?: string } | null)?.id : body.customer;
  return new Map(amount > 0 ? [[`kasbon_${customer}`, amount]] : []);
}
