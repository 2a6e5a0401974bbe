import type { Currency } from '../../schema/money.ts';

/** Currencies whose trade does not use two digits behind the point (ISO 4217, and for the rupiah what shops do). */
const DIGITS: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    ['IDR', 'JPY', 'KRW', 'VND', 'CLP', 'PYG', 'UGX', 'XAF', 'XOF', 'ISK', 'RWF'].map((c) => [c, 0]),
  ),
  ...Object.fromEntries(['BHD', 'KWD', 'OMR', 'TND', 'JOD', 'LYD', 'IQD'].map((c) => [c, 3])),
};

/** A currency by its ISO 4217 code; null when it is no code. */
export function currencyOf(code: string): Currency | null {
  return /^[A-Z]{3}$/.test(code) ? { code, digits: DIGITS[code] ?? 2 } : null;
}
