import { z } from 'zod';

/**
 * Money is an integer in the currency's minor unit used in trade: whole rupiah for IDR, pence for GBP (I7).
 * Nothing here ever makes a fraction: products and quotients go through BigInt and one named rounding rule.
 */

export const moneyShape = z.int().brand<'Money'>();
export type Money = z.infer<typeof moneyShape>;

/** How a fraction of a minor unit becomes a whole one. `half-up` rounds halves away from zero. */
export const roundingShape = z.enum(['half-up', 'half-even', 'down', 'up']);
export type Rounding = z.infer<typeof roundingShape>;

/** Rates are said in millionths at the finest, so that `num + den` stays exact whatever the rate. */
export const FRACTION_PART_MAX = 1_000_000;
/** A non-negative fraction, e.g. a tax rate of 11 % as `{num: 11, den: 100}`. */
export const fractionShape = z.object({
  num: z.int().min(0).max(FRACTION_PART_MAX),
  den: z.int().min(1).max(FRACTION_PART_MAX),
});
export type Fraction = z.infer<typeof fractionShape>;

/** A currency as Laci needs it: ISO 4217 code and the digits behind the point that trade uses. */
export const currencyShape = z.object({ code: z.string().regex(/^[A-Z]{3}$/), digits: z.int().min(0).max(4) });
export type Currency = z.infer<typeof currencyShape>;

export const ZERO = 0 as Money;

/** Takes an integer as money. Throws RangeError on fractions and on what JavaScript cannot hold exactly. */
export function money(amount: number): Money {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`Money must be a safe integer, not ${amount}.`);
  return (amount === 0 ? 0 : amount) as Money;
}

/** The exact sum. Throws RangeError as soon as it leaves the safe integers: further on it could come back, but not exact. */
export function addMoney(...amounts: readonly Money[]): Money {
  return amounts.reduce((sum, amount) => money(sum + amount), ZERO);
}

/** `left - right`, exactly. */
export function subtractMoney(left: Money, right: Money): Money {
  return money(left - right);
}

/**
 * `amount × num ÷ den`, rounded once by `rule`. All are integers, `den` is positive.
 * Exact for every safe integer because the product is a BigInt.
 */
export function scaleMoney(amount: Money, num: number, den: number, rule: Rounding): Money {
  return money(Number(divideRounded(BigInt(amount) * BigInt(num), BigInt(den), rule)));
}

/** Integer division by the named rule; `down` is towards zero, `up` away from it. `den` must be positive. */
export function divideRounded(num: bigint, den: bigint, rule: Rounding): bigint {
  if (den <= 0n) throw new RangeError('A divisor must be positive.');
  const negative = num < 0n;
  const size = negative ? -num : num;
  const whole = size / den;
  const rest = size % den;
  const rounded = whole + (roundsAway(whole, rest, den, rule) ? 1n : 0n);
  return negative ? -rounded : rounded;
}

function roundsAway(whole: bigint, rest: bigint, den: bigint, rule: Rounding): boolean {
  if (rest === 0n || rule === 'down') return false;
  if (rule === 'up') return true;
  const twice = rest * 2n;
  if (twice !== den) return twice > den;
  return rule === 'half-up' || whole % 2n === 1n;
}

/**
 * Splits `total` over `weights` so that the parts add up to it exactly: each gets its rounded-down share, and the
 * units left over go to the largest remainders, earlier lines first (Hamilton's method). Weights are non-negative
 * integers; with all weights zero the first line carries the total. Throws RangeError on a negative total or weight.
 */
export function allocateMoney(total: Money, weights: readonly number[]): Money[] {
  if (total < 0 || weights.some((weight) => weight < 0)) throw new RangeError('Nothing negative can be allocated.');
  if (weights.length === 0) return [];
  const sum = weights.reduce((all, weight) => all + BigInt(weight), 0n);
  if (sum === 0n) return weights.map((_, index) => money(index === 0 ? total : 0));
  const shares = weights.map((weight, index) => {
    const product = BigInt(total) * BigInt(weight);
    return { index, share: product / sum, rest: product % sum };
  });
  const left = Number(BigInt(total) - shares.reduce((all, { share }) => all + share, 0n));
  const lucky = new Set(
    [...shares]
      .sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1))
      .slice(0, left)
      .map(({ index }) => index),
  );
  return shares.map(({ index, share }) => money(Number(share) + (lucky.has(index) ? 1 : 0)));
}
