import type { Language } from '../../schema/protocol/error.ts';
import { exactDecimal, localeOf } from './format-money.ts';

/** Decimals that a unit scale needs: 1 → 0, 1000 → 3. Scales are powers of ten. */
export function scaleDigits(unitScale: number): number {
  return String(unitScale).length - 1;
}

/** A quantity in the unit that the price is for: `12`, or `0.350` kg for 350 of scale 1000. */
export function formatQuantity(amount: number, unitScale: number, language: Language): string {
  const digits = scaleDigits(unitScale);
  const value = exactDecimal(amount, digits) as Intl.StringNumericLiteral;
  const format = new Intl.NumberFormat(localeOf(language), {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return unitScale === 1 ? format.format(value) : `${format.format(value)} kg`;
}

/** A plain count with the language's grouping. */
export function formatCount(count: number, language: Language): string {
  return new Intl.NumberFormat(localeOf(language)).format(count);
}
