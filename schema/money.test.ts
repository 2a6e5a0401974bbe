import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addMoney,
  allocateMoney,
  divideRounded,
  fractionShape,
  money,
  moneyShape,
  type Rounding,
  roundingShape,
  scaleMoney,
  subtractMoney,
} from './money.ts';

const MAX = Number.MAX_SAFE_INTEGER;
const anyRule = fc.constantFrom(...roundingShape.options);
const bigAmount = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
const bigDivisor = fc.bigInt({ min: 1n, max: 10n ** 20n });

/** What a rule says about `num / den`, by comparing exact rationals: no shared code with the source. */
function obeys(rule: Rounding, num: bigint, den: bigint, result: bigint): boolean {
  const error = result * den - num;
  const size = error < 0n ? -error : error;
  if (size >= den) return false;
  const away = (result < 0n ? -result : result) * den - (num < 0n ? -num : num);
  if (rule === 'down') return away <= 0n;
  if (rule === 'up') return away >= 0n;
  if (size * 2n !== den) return size * 2n < den;
  return rule === 'half-up' ? away > 0n : result % 2n === 0n;
}

test('[MON1] takes safe integers as money and nothing else', () => {
  expect(money(12_500)).toBe(12_500);
  expect(money(-MAX)).toBe(-MAX);
  expect(Object.is(money(-0), 0)).toBe(true);
  for (const bad of [0.5, Number.NaN, Number.POSITIVE_INFINITY, MAX + 1]) expect(() => money(bad)).toThrow(RangeError);
});

test('[MON1] the shape of money refuses fractions and unsafe integers', () => {
  for (const bad of [0.1, MAX + 1, '1', null]) expect(moneyShape.safeParse(bad).success).toBe(false);
  expect(moneyShape.safeParse(-5).success).toBe(true);
});

test.each<[Rounding, readonly number[]]>([
  // 5 ÷ 2, 7 ÷ 2, −5 ÷ 2, −7 ÷ 2, 9 ÷ 4, 11 ÷ 4, −9 ÷ 4
  ['half-up', [3, 4, -3, -4, 2, 3, -2]],
  ['half-even', [2, 4, -2, -4, 2, 3, -2]],
  ['down', [2, 3, -2, -3, 2, 2, -2]],
  ['up', [3, 4, -3, -4, 3, 3, -3]],
])('[MON2] rounds by hand-worked examples: %s', (rule, expected) => {
  const quotients = [
    [5, 2],
    [7, 2],
    [-5, 2],
    [-7, 2],
    [9, 4],
    [11, 4],
    [-9, 4],
  ] as const;
  expect(quotients.map(([num, den]) => Number(divideRounded(BigInt(num), BigInt(den), rule)))).toEqual(expected);
});

test('[MON2] divideRounded gives the exact rational, rounded by its rule', () => {
  fc.assert(
    fc.property(bigAmount, bigDivisor, anyRule, (num, den, rule) => {
      expect(obeys(rule, num, den, divideRounded(num, den, rule))).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test('[MON2] divideRounded obeys its rule at and around every half', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -50n, max: 50n }), fc.bigInt({ min: 1n, max: 12n }), anyRule, (num, den, rule) => {
      expect(obeys(rule, num, den, divideRounded(num, den, rule))).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test('[MON2] a rule is symmetric: the negative amount gives the negative result', () => {
  fc.assert(
    fc.property(bigAmount, bigDivisor, anyRule, (num, den, rule) => {
      expect(divideRounded(-num, den, rule)).toBe(-divideRounded(num, den, rule));
    }),
  );
});

test('[MON2] scaleMoney is exact where the product leaves the safe integers', () => {
  expect(scaleMoney(money(MAX), 999_999, 1_000_000, 'down')).toBe(Number((BigInt(MAX) * 999_999n) / 1_000_000n));
  fc.assert(
    fc.property(
      fc.maxSafeInteger(),
      fc.nat(1_000_000),
      fc.integer({ min: 1, max: 1_000_000 }),
      anyRule,
      (a, n, d, r) => {
        const exact = divideRounded(BigInt(a) * BigInt(n), BigInt(d), r);
        if (exact > BigInt(MAX) || exact < -BigInt(MAX))
          expect(() => scaleMoney(money(a), n, d, r)).toThrow(RangeError);
        else expect(BigInt(scaleMoney(money(a), n, d, r))).toBe(exact);
      },
    ),
  );
});

test('[MON2] a divisor that is not positive, or a fraction, throws', () => {
  expect(() => divideRounded(1n, 0n, 'up')).toThrow(RangeError);
  expect(() => divideRounded(1n, -2n, 'up')).toThrow(RangeError);
  expect(() => scaleMoney(money(1), 0.5, 1, 'up')).toThrow(RangeError);
  expect(fractionShape.safeParse({ num: 11, den: 0 }).success).toBe(false);
});

const anyWeights = fc.array(fc.nat(5_000_000), { minLength: 1, maxLength: 40 });
const anyTotal = fc.nat(50_000_000).map(money);

test('[MON4] the parts of an allocation add up again', () => {
  fc.assert(
    fc.property(anyTotal, anyWeights, (total, weights) => {
      expect(addMoney(...allocateMoney(total, weights))).toBe(total);
    }),
  );
});

test('[MON4] no part of an allocation is a whole unit away from its exact share', () => {
  fc.assert(
    fc.property(anyTotal, anyWeights, (total, weights) => {
      const sum = weights.reduce((all, weight) => all + BigInt(weight), 0n);
      fc.pre(sum > 0n);
      for (const [index, part] of allocateMoney(total, weights).entries()) {
        const error = BigInt(part) * sum - BigInt(total) * BigInt(weights[index] ?? 0);
        expect(error < sum && error > -sum).toBe(true);
      }
    }),
  );
});

test('[MON4] a greater weight never gets less, and an equal one not less when it comes first', () => {
  fc.assert(
    fc.property(anyTotal, anyWeights, (total, weights) => {
      const parts = allocateMoney(total, weights);
      const ranked = weights.map((weight, index) => ({ weight, index, part: parts[index] ?? 0 }));
      ranked.sort((a, b) => b.weight - a.weight || a.index - b.index);
      fc.pre(weights.some((weight) => weight > 0));
      for (const [at, { part }] of ranked.slice(1).entries()) expect(part).toBeLessThanOrEqual(ranked[at]?.part ?? 0);
    }),
  );
});

test('[MON4] allocates by hand-worked examples', () => {
  expect(allocateMoney(money(100), [1, 1, 1])).toEqual([34, 33, 33]);
  expect(allocateMoney(money(10), [0, 3, 1])).toEqual([0, 8, 2]);
  expect(allocateMoney(money(7), [0, 0])).toEqual([7, 0]);
  expect(allocateMoney(money(7), [])).toEqual([]);
});

test('[MON4] allocates amounts whose products leave the safe integers', () => {
  expect(addMoney(...allocateMoney(money(MAX), [MAX, MAX, 1]))).toBe(MAX);
});

test('[MON4] a negative total or weight throws', () => {
  expect(() => allocateMoney(money(-1), [1])).toThrow(RangeError);
  expect(() => allocateMoney(money(1), [2, -1])).toThrow(RangeError);
});

test('[MON6] a sum that leaves the safe integers throws, also when it would come back', () => {
  expect(addMoney()).toBe(0);
  expect(addMoney(money(MAX), money(-2), money(2))).toBe(MAX);
  expect(() => addMoney(money(MAX), money(2), money(-2))).toThrow(RangeError);
  expect(() => subtractMoney(money(-MAX), money(1))).toThrow(RangeError);
});
