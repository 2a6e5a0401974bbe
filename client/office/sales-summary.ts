import { addMoney, type Money, money, ZERO } from '../../schema/money.ts';
import type { BranchSale } from '../device/device.ts';

/** Today's money: sales less refunds. */
export interface SalesSummary {
  readonly total: Money;
  readonly count: number;
  readonly average: Money;
  /** One per hour from the first to the last with a sale; at least nine, so that a bar stays a bar. */
  readonly hours: readonly { readonly hour: number; readonly amount: Money }[];
}

/** The shortest day that is drawn. */
const HOURS_MIN = 9;

/** Sums up what lies in today. `hourOf` gives the hour of a moment today, or null. */
export function summariseSales(sales: readonly BranchSale[], hourOf: (at: number) => number | null): SalesSummary {
  const today = sales.flatMap((sale) => {
    const hour = hourOf(sale.at);
    return hour === null || sale.total === undefined
      ? []
      : [{ hour, amount: signed(sale), sold: sale.kind === 'sale' }];
  });
  const total = addMoney(...today.map(({ amount }) => amount));
  const count = today.filter(({ sold }) => sold).length;
  const hours = hourRange(today.map(({ hour }) => hour)).map((hour) => ({
    hour,
    amount: addMoney(ZERO, ...today.filter((one) => one.hour === hour).map(({ amount }) => amount)),
  }));
  return { total, count, average: count === 0 ? ZERO : money(Math.round(total / count)), hours };
}

/** What a row adds to the till: a refund takes. */
export function signed(sale: BranchSale): Money {
  return money(sale.kind === 'refund' ? -(sale.total ?? 0) : (sale.total ?? 0));
}

function hourRange(hours: readonly number[]): number[] {
  const first = Math.min(8, ...hours);
  const last = Math.min(23, Math.max(first + HOURS_MIN - 1, ...hours));
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
