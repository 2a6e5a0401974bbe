import { z } from 'zod';
import {
  addMoney,
  type Fraction,
  fractionShape,
  type Money,
  moneyShape,
  type Rounding,
  scaleMoney,
  subtractMoney,
} from './money.ts';

/**
 * A tax as data: a rate, and whether shelf prices already contain it. PPN (Indonesian VAT) of 11 % in the price is
 * `{rate: {num: 11, den: 100}, inclusive: true}`.
 */
export const taxShape = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,16}$/),
  name: z.string().min(1).max(60),
  rate: fractionShape,
  inclusive: z.boolean(),
});
export type Tax = z.infer<typeof taxShape>;

/** A tax with the rate that counts on a day: the next one from its first day on. Days are `2026-12-31`. */
export function taxOn(
  { tax, next }: { readonly tax: Tax; readonly next?: { readonly rate: Fraction; readonly from: string } | undefined },
  localDate: string,
): Tax {
  return next !== undefined && localDate >= next.from ? { ...tax, rate: next.rate } : tax;
}

/** One amount split into what the shop earns and what it owes: `net + tax = total`, always. */
export interface TaxedAmount {
  readonly net: Money;
  readonly tax: Money;
  readonly total: Money;
}

/** No tax at all, for products that name none. */
export const NO_TAX: Tax = { id: 'none', name: '—', rate: { num: 0, den: 1 }, inclusive: true };

/**
 * Splits a line's amount by its tax. Inclusive: tax = amount × rate ÷ (1 + rate), total = amount.
 * Exclusive: tax = amount × rate, total = amount + tax. The tax is rounded once, by `rule`.
 */
export function splitTax(amount: Money, tax: Tax, rule: Rounding): TaxedAmount {
  const share = scaleMoney(amount, tax.rate.num, taxDivisor(tax.rate, tax.inclusive), rule);
  if (tax.inclusive) return { net: subtractMoney(amount, share), tax: share, total: amount };
  return { net: amount, tax: share, total: addMoney(amount, share) };
}

function taxDivisor(rate: Fraction, inclusive: boolean): number {
  return inclusive ? rate.den + rate.num : rate.den;
}

/** A sum per tax. `name` as the receipts had it; left out for what is untaxed. */
export const taxTotalShape = z.object({
  taxId: z.string(),
  name: z.string().max(60).optional(),
  net: moneyShape,
  tax: moneyShape,
});
