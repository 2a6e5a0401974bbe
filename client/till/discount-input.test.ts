import { describe, expect, it } from 'vitest';
import type { Money } from '../../schema/money.ts';
import { discountInput, readDiscount } from './discount-input.ts';

const GBP = { code: 'GBP', digits: 2 };
const IDR = { code: 'IDR', digits: 0 };

describe('discounts as typed', () => {
  it('[TILL12] what is shown is read back as the same discount', () => {
    const discounts = [
      undefined,
      { type: 'amount', amount: 1_50 as Money },
      { type: 'percent', basisPoints: 1_250 },
    ] as const;
    for (const language of ['en', 'id'] as const) {
      for (const discount of discounts) {
        expect(readDiscount(discountInput(discount, GBP, language), GBP, language)).toEqual({
          ok: true,
          value: discount,
        });
      }
    }
  });

  it('[TILL12] a discount of nothing is none', () => {
    expect(readDiscount({ kind: 'percent', text: '0' }, IDR, 'id')).toEqual({ ok: true, value: undefined });
    expect(readDiscount({ kind: 'amount', text: '0' }, IDR, 'id')).toEqual({ ok: true, value: undefined });
  });

  it('[TILL12] more than all, less than nothing and no number are refused', () => {
    expect(readDiscount({ kind: 'percent', text: '100,01' }, IDR, 'id')).toEqual({ ok: false, error: 'percent' });
    expect(readDiscount({ kind: 'amount', text: '-5' }, IDR, 'id')).toEqual({ ok: false, error: 'amount' });
    expect(readDiscount({ kind: 'amount', text: 'lots' }, IDR, 'en')).toEqual({ ok: false, error: 'amount' });
    expect(readDiscount({ kind: 'percent', text: '' }, IDR, 'en')).toEqual({ ok: false, error: 'percent' });
  });
});
