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
  const format = formatOf(language, digits);
  return unitScale === 1 ? format.format(value) : `${format.format(value)} kg`;
}

/** A plain count with the language's grouping. */
export function formatCount(count: number, language: Language): string {
  return formatOf(language, 0).format(count);
}

const formats = new Map<string, Intl.NumberFormat>();

/** Making a format costs a hundred times what using it does, and a grid shows dozens of quantities after each sale. */
function formatOf(language: Language, digits: number): Intl.NumberFormat {
  const key = `${language} ${digits}`;
  const known = formats.get(key);
  if (known) return known;
  const decimals = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const made = new Intl.NumberFormat(localeOf(language), decimals);
  formats.set(key, made);
  return made;
}
