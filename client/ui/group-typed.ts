import type { Language } from '../../schema/protocol/error.ts';

/**
 * Whole money as it is typed, in groups of three: `50000` becomes `50.000` in Indonesian, so that no nought is miscounted. `before` is what
 * stood there: a point that somebody types into it stays, and what is no amount is left for the field to say so.
 */
export function groupTyped(typed: string, before: string, language: Language): string {
  const mark = language === 'id' ? '.' : ',';
  const digits = typed.replaceAll(mark, '');
  const isOneKey = Math.abs(typed.length - before.length) === 1;
  const wasGrouped = before.includes(mark) && before === inGroups(before.replaceAll(mark, ''), mark);
  if (!/^\d+$/.test(digits) || typed.endsWith(mark)) return typed;
  return typed === digits || (isOneKey && wasGrouped) ? inGroups(digits, mark) : typed;
}

function inGroups(digits: string, mark: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, mark);
}
