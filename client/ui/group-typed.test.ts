import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Language } from '../../schema/protocol/error.ts';
import { groupTyped } from './group-typed.ts';
import { parseDecimal } from './parse-number.ts';

/** Types key after key, as a field hands it over. */
function typeKeys(keys: string, language: Language): string {
  return [...keys].reduce((before, key) => groupTyped(before + key, before, language), '');
}

describe('groupTyped', () => {
  it('[TILL21] whole money is grouped as it is typed, and stays what it was', () => {
    expect(typeKeys('1250000', 'id')).toBe('1.250.000');
    expect(typeKeys('1250000', 'en')).toBe('1,250,000');
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_000_000_000 }),
        fc.constantFrom<Language>('id', 'en'),
        (amount, language) => {
          expect(parseDecimal(typeKeys(String(amount), language), 0, language)).toBe(amount);
          expect(groupTyped(String(amount), '', language)).toBe(typeKeys(String(amount), language));
        },
      ),
    );
  });

  it('[TILL21] what is taken away is grouped anew, key by key', () => {
    expect(groupTyped('20.00', '20.000', 'id')).toBe('2.000');
    expect(groupTyped('2.00', '2.000', 'id')).toBe('200');
    expect(groupTyped('', '2', 'id')).toBe('');
  });

  it('[TILL21] what is no whole amount is left as it was typed', () => {
    expect(typeKeys('12.5', 'id')).toBe('12.5');
    expect(typeKeys('12.500', 'id')).toBe('12.500');
    expect(typeKeys('12,5', 'en')).toBe('12,5');
    for (const typed of ['-500', 'Rp 500', '1e6', '12.5.', '']) expect(groupTyped(typed, '', 'id')).toBe(typed);
  });
});
