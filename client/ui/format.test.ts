import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Money } from '../../schema/money.ts';
import { editableMoney, exactDecimal, formatMoney } from './format-money.ts';
import { formatQuantity, scaleDigits } from './format-quantity.ts';
import { formatAge, formatLength, formatMoment, hourOfToday } from './format-time.ts';
import { parseDecimal } from './parse-number.ts';

const IDR = { code: 'IDR', digits: 0 };
const GBP = { code: 'GBP', digits: 2 };
const plain = (text: string) => text.replace(/\s/g, ' ');

describe('money', () => {
  it('[LANG4] is shown in the language’s way and the currency’s digits', () => {
    expect(plain(formatMoney(15_000 as Money, IDR, 'id'))).toBe('Rp 15.000');
    expect(plain(formatMoney(15_000 as Money, IDR, 'en'))).toBe('Rp 15,000');
    expect(formatMoney(1_50 as Money, GBP, 'en')).toBe('£1.50');
  });

  it('[LANG4] is exact up to the largest safe integer', () => {
    expect(plain(formatMoney(Number.MAX_SAFE_INTEGER as Money, GBP, 'en'))).toBe('£90,071,992,547,409.91');
    expect(exactDecimal(-5, 2)).toBe('-0.05');
  });

  it('[TILL12] what a field shows is read back as the same amount', () => {
    const currencies = [IDR, GBP, { code: 'KWD', digits: 3 }];
    fc.assert(
      fc.property(
        fc.maxSafeNat(),
        fc.constantFrom(...currencies),
        fc.constantFrom('en' as const, 'id' as const),
        (amount, currency, language) => {
          expect(parseDecimal(editableMoney(amount as Money, currency, language), currency.digits, language)).toBe(
            amount,
          );
        },
      ),
    );
  });
});

describe('parseDecimal', () => {
  it.each([
    ['12.500', 0, 'id', 12_500],
    ['12,500', 0, 'en', 12_500],
    ['Rp 12.500', 0, 'id', 12_500],
    ['1.234.567', 0, 'id', 1_234_567],
    ['1.5', 2, 'en', 150],
    ['1,5', 2, 'id', 150],
    ['0.35', 3, 'id', 350],
    ['1.234,5', 2, 'id', 123_450],
    ['-3', 0, 'en', -3],
    ['.5', 1, 'en', 5],
  ] as const)('[TILL12] reads %s', (typed, digits, language, amount) => {
    expect(parseDecimal(typed, digits, language)).toBe(amount);
  });

  it.each([
    ['', 0, 'en'],
    ['12.5', 0, 'id'],
    ['1.2.3', 2, 'en'],
    ['1,23,456', 0, 'en'],
    ['abc', 0, 'en'],
    ['1.234', 2, 'en'],
    ['99999999999999999', 0, 'en'],
    ['1e5', 0, 'en'],
  ] as const)('[TILL12] refuses %s', (typed, digits, language) => {
    expect(parseDecimal(typed, digits, language)).toBeNull();
  });
});

describe('quantities and times', () => {
  it('[LANG4] weights are shown in kilograms, pieces as they are', () => {
    expect(formatQuantity(1_200, 1, 'id')).toBe('1.200');
    expect(formatQuantity(350, 1000, 'id')).toBe('0,350 kg');
    expect([1, 10, 1000].map(scaleDigits)).toEqual([0, 1, 3]);
  });

  it('[LANG4] ages take their largest unit and are never negative', () => {
    expect(formatAge(12_400, 'en')).toBe('12 sec ago');
    expect(formatAge(-500, 'en')).toBe('0 sec ago');
    expect(formatAge(3 * 60_000, 'id')).toContain('3');
    expect(formatLength(2 * 3_600_000, 'en')).toContain('2');
  });

  it('[LANG4] a moment of today is a time, of another day a day and a time', () => {
    const noon = new Date(2026, 4, 4, 12, 30).getTime();
    expect(formatMoment(noon, noon, 'en')).toBe('12:30');
    expect(formatMoment(noon - 86_400_000, noon, 'en')).toContain('3 May');
    expect(formatMoment(noon - 86_400_000, noon, 'en')).not.toContain('2026');
  });

  it('[LANG4] a moment of another year has its year: a clock that runs far ahead is seen', () => {
    const noon = new Date(2026, 4, 4, 12, 30).getTime();
    expect(formatMoment(new Date(2099, 0, 1, 8, 0).getTime(), noon, 'en')).toContain('2099');
    expect(formatMoment(new Date(2025, 11, 31, 8, 0).getTime(), noon, 'id')).toContain('2025');
  });

  it('[OFFICE4] the hour of a moment is told for today only', () => {
    const noon = new Date(2026, 4, 4, 12, 30).getTime();
    expect(hourOfToday(noon, noon)).toBe(12);
    expect(hourOfToday(noon - 86_400_000, noon)).toBeNull();
    expect(hourOfToday(new Date(2026, 4, 4, 0, 5).getTime(), noon)).toBe(0);
  });
});
