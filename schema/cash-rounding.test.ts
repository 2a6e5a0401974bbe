import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CashRounding, cashRoundingOf, roundCash } from './cash-rounding.ts';
import { money, roundingShape } from './money.ts';

const anyRounding: fc.Arbitrary<CashRounding> = fc.record({
  to: fc.constantFrom(1, 5, 50, 100, 500, 1_000).map(money),
  rule: fc.constantFrom(...roundingShape.options),
});
const anyAmount = fc.nat(1_000_000_000).map(money);

test('[RND1] cash is rounded to a multiple less than one multiple away, by the rule, and rounding twice is rounding once', () => {
  fc.assert(
    fc.property(anyAmount, anyRounding, (amount, rounding) => {
      const rounded = roundCash(amount, rounding);
      expect(rounded % rounding.to).toBe(0);
      expect(Math.abs(rounded - amount)).toBeLessThan(rounding.to);
      expect(roundCash(rounded, rounding)).toBe(rounded);
      if (rounding.rule === 'down') expect(rounded).toBeLessThanOrEqual(amount);
      if (rounding.rule === 'up') expect(rounded).toBeGreaterThanOrEqual(amount);
      if (rounding.rule.startsWith('half')) expect(2 * Math.abs(rounded - amount)).toBeLessThanOrEqual(rounding.to);
    }),
  );
});

test('[RND1] what rounding adds or takes is the difference, and nothing where nothing is left or no rule is set', () => {
  fc.assert(
    fc.property(anyAmount, anyRounding, (amount, rounding) => {
      expect(amount + cashRoundingOf(amount, rounding)).toBe(amount === 0 ? 0 : roundCash(amount, rounding));
      expect(cashRoundingOf(amount, undefined)).toBe(0);
    }),
  );
  expect(cashRoundingOf(money(-50), { to: money(100), rule: 'half-up' })).toBe(0);
});

test.each([
  [12_349, 100, 'half-up', 12_300],
  [12_350, 100, 'half-up', 12_400],
  [12_350, 100, 'half-even', 12_400],
  [12_450, 100, 'half-even', 12_400],
  [12_399, 100, 'down', 12_300],
  [12_301, 100, 'up', 12_400],
  [1_023, 5, 'half-up', 1_025],
] as const)('[RND1] %i to %i %s is %i', (amount, to, rule, expected) => {
  expect(roundCash(money(amount), { to: money(to), rule })).toBe(expected);
});
