import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Money } from '../../schema/money.ts';
import { quickCash } from './quick-cash.ts';

const IDR = { code: 'IDR', digits: 0 };

describe('quickCash', () => {
  it('[TILL11] offers the exact sum and the notes above it', () => {
    expect(quickCash(117_500 as Money, IDR)).toEqual([117_500, 118_000, 120_000, 150_000, 200_000]);
    expect(quickCash(50_000 as Money, IDR)).toEqual([50_000, 60_000, 100_000]);
    expect(quickCash(12_34 as Money, { code: 'GBP', digits: 2 })).toEqual([12_34, 15_00, 20_00, 50_00]);
  });

  it('[TILL11] of too many the likelier ones are offered: the single large note always is', () => {
    expect(quickCash(72_925 as Money, IDR)).toEqual([72_925, 73_000, 75_000, 80_000, 100_000]);
    expect(quickCash(52_925 as Money, IDR)).toEqual([52_925, 53_000, 55_000, 60_000, 100_000]);
    expect(quickCash(8_500 as Money, IDR)).toEqual([8_500, 10_000, 20_000, 50_000, 100_000]);
    expect(quickCash(21_20 as Money, { code: 'EUR', digits: 2 })).toEqual([21_20, 25_00, 30_00, 50_00, 100_00]);
  });

  it('[TILL11] a sale of nothing is paid with nothing', () => {
    expect(quickCash(0 as Money, IDR)).toEqual([0]);
  });

  it('[TILL11] every choice covers the sum, ascending, without repeats, at most five', () => {
    const currencies = [IDR, { code: 'EUR', digits: 2 }, { code: 'KWD', digits: 3 }, { code: 'JPY', digits: 0 }];
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000_000 }), fc.constantFrom(...currencies), (due, currency) => {
        const choices = quickCash(due as Money, currency);
        expect(choices[0]).toBe(due);
        expect(choices).toEqual([...new Set(choices)].sort((a, b) => a - b));
        expect(choices.length).toBeLessThanOrEqual(5);
      }),
    );
  });
});
