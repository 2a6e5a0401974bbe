import { z } from 'zod';
import { divideRounded, type Money, money, moneyShape, roundingShape, subtractMoney, ZERO } from './money.ts';

/**
 * To which multiple, and by which rule, a sum paid in cash is rounded where small coins are gone: in Indonesia to 100 rupiah,
 * elsewhere to 5 cents. The customer is told (for Indonesia: Permendag 35/M-DAG/PER/7/2013 on price labels).
 */
export const cashRoundingShape = z.object({ to: moneyShape.min(1).max(100_000), rule: roundingShape });
export type CashRounding = z.infer<typeof cashRoundingShape>;

/** A sum as it is paid in cash: the nearest multiple by the rule. Without one the sum itself. */
export function roundCash(amount: Money, rounding: CashRounding | undefined): Money {
  if (rounding === undefined) return amount;
  const { to, rule } = rounding;
  return money(Number(divideRounded(BigInt(amount), BigInt(to), rule)) * to);
}

/** What rounding adds (or, negative, takes) where `amount` of a sale is left to pay in cash. */
export function cashRoundingOf(amount: Money, rounding: CashRounding | undefined): Money {
  return amount <= 0 ? ZERO : subtractMoney(roundCash(amount, rounding), amount);
}
