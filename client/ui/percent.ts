import type { Language } from '../../schema/protocol/error.ts';
import { localeOf } from './format-money.ts';
import { parseDecimal } from './parse-number.ts';

/** Digits of a percentage behind its mark: basis points have two. */
const DIGITS = 2;

/** A percentage as typed, in basis points (1 % = 100); null when it is none. */
export function parsePercent(typed: string, language: Language): number | null {
  return parseDecimal(typed.replace('%', ''), DIGITS, language);
}

/** Basis points as a person types them: `7.5`, in Indonesian `7,5`. */
export function editablePercent(basisPoints: number, language: Language): string {
  const options = { maximumFractionDigits: DIGITS, useGrouping: false };
  return new Intl.NumberFormat(localeOf(language), options).format(basisPoints / 100);
}

/** Basis points as a person reads them: `7.5%`. */
export function formatPercent(basisPoints: number, language: Language): string {
  const options = { style: 'percent', maximumFractionDigits: DIGITS } as const;
  return new Intl.NumberFormat(localeOf(language), options).format(basisPoints / 10_000);
}
