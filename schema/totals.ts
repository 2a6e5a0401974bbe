import { z } from 'zod';
import {
  addMoney,
  allocateMoney,
  type Money,
  money,
  moneyShape,
  type Rounding,
  scaleMoney,
  subtractMoney,
  ZERO,
} from './money.ts';
import type { Quantity } from './quantity.ts';
import { splitTax, type Tax } from './tax.ts';

/** A discount as the cashier gives it: an amount, or a percentage in basis points (1 % = 100). */
export const discountShape = z.discriminatedUnion('type', [
  z.object({ type: z.literal('amount'), amount: moneyShape.min(0) }),
  z.object({ type: z.literal('percent'), basisPoints: z.int().min(0).max(10_000) }),
]);
export type Discount = z.infer<typeof discountShape>;

/** What one line says before anything is computed. */
export interface PricedLine {
  readonly quantity: Quantity;
  readonly unitScale: number;
  readonly unitPrice: Money;
  /** What a promotion takes off the line, before its discount. */
  readonly promotion?: { readonly amount: Money } | undefined;
  readonly discount?: Discount | undefined;
  readonly tax: Tax;
}

/** One line's money. `gross - promotion - discount - saleDiscount` is taxed; `net + tax = total`. */
export interface LineTotals {
  readonly gross: Money;
  readonly promotion: Money;
  readonly discount: Money;
  readonly saleDiscount: Money;
  readonly net: Money;
  readonly tax: Money;
  readonly total: Money;
}

export const saleTotalsShape = z.object({
  gross: moneyShape,
  /** Left out where no promotion applied. */
  promotion: moneyShape.optional(),
  discount: moneyShape,
  saleDiscount: moneyShape,
  net: moneyShape,
  tax: moneyShape,
  total: moneyShape,
  /** What cash rounding adds or takes; 0 unless the shop rounds cash. */
  rounding: moneyShape,
  /** `total + rounding`: what the payments add up to. */
  due: moneyShape,
});
export type SaleTotals = z.infer<typeof saleTotalsShape>;

export interface ComputedSale {
  readonly lines: readonly LineTotals[];
  readonly totals: SaleTotals;
}

/**
 * Everything money in a sale, from its lines. Each line is rounded once for its price, once for its discount and once
 * for its tax, by the same named rule; the sale's discount is allocated over the lines without a remainder.
 * So the lines' figures always add up to the totals' (MON3). Throws RangeError on negative quantities or prices and
 * when a sum leaves the safe integers: check before money is taken.
 */
export function computeSale(
  lines: readonly PricedLine[],
  saleDiscount: Discount | undefined,
  rule: Rounding,
): ComputedSale {
  const discounted = lines.map((line) => discountLine(line, rule));
  const bases = discounted.map(({ gross, promotion, discount }) =>
    subtractMoney(subtractMoney(gross, promotion), discount),
  );
  const whole = discountAmount(addMoney(...bases), saleDiscount, rule);
  const shares = allocateMoney(whole, bases);
  const computed = lines.map((line, index): LineTotals => {
    const { gross, promotion, discount } = discounted[index] as Discounted;
    const share = shares[index] ?? ZERO;
    const taxed = subtractMoney(bases[index] ?? ZERO, share);
    return { gross, promotion, discount, saleDiscount: share, ...splitTax(taxed, line.tax, rule) };
  });
  return { lines: computed, totals: sumLines(computed) };
}

type Discounted = Pick<LineTotals, 'gross' | 'promotion' | 'discount'>;

function discountLine(line: PricedLine, rule: Rounding): Discounted {
  if (line.quantity < 0 || line.unitPrice < 0) throw new RangeError('A sale line has no negative quantity or price.');
  const gross = scaleMoney(line.unitPrice, line.quantity, line.unitScale, rule);
  const promotion = discountAmount(gross, line.promotion && { type: 'amount', ...line.promotion }, rule);
  return { gross, promotion, discount: discountAmount(subtractMoney(gross, promotion), line.discount, rule) };
}

/** What a discount takes off `base`: never more than there is. Throws RangeError on a negative discount. */
export function discountAmount(base: Money, discount: Discount | undefined, rule: Rounding): Money {
  if (discount === undefined) return ZERO;
  const off = discount.type === 'amount' ? discount.amount : scaleMoney(base, discount.basisPoints, 10_000, rule);
  if (off < 0) throw new RangeError('A discount is not negative.');
  return money(Math.min(off, base));
}

function sumLines(lines: readonly LineTotals[]): SaleTotals {
  const sum = (field: keyof LineTotals) => addMoney(...lines.map((line) => line[field]));
  const total = sum('total');
  const promotion = sum('promotion');
  return {
    gross: sum('gross'),
    ...(promotion === ZERO ? {} : { promotion }),
    discount: sum('discount'),
    saleDiscount: sum('saleDiscount'),
    net: sum('net'),
    tax: sum('tax'),
    total,
    rounding: ZERO,
    due: total,
  };
}
