import type { Language } from '../../schema/protocol/error.ts';

/**
 * A number as typed, as an integer of 10^-digits units: `12.500` in Indonesian is 12500, `1.5` in English with two
 * digits is 150. Null when it is no number, has more decimals than `digits`, or leaves the safe integers.
 * Where both marks could be meant, groups of exactly three digits are groups: cashiers type what receipts show.
 */
export function parseDecimal(typed: string, digits: number, language: Language): number | null {
  const text = typed.replace(/[\s\u00a0]|Rp|IDR/gi, '');
  const negative = /^[-−]/.test(text);
  const split = splitDecimal(negative ? text.slice(1) : text, digits, language);
  if (split === null || !/^\d+$/.test(split.whole) || !/^\d*$/.test(split.fraction) || split.fraction.length > digits)
    return null;
  const amount = Number(split.whole + split.fraction.padEnd(digits, '0'));
  if (!Number.isSafeInteger(amount)) return null;
  return negative && amount !== 0 ? -amount : amount;
}

function splitDecimal(text: string, digits: number, language: Language): { whole: string; fraction: string } | null {
  const [mark, group] = language === 'id' ? [',', '.'] : ['.', ','];
  if (/^\d*$/.test(text)) return { whole: text || 'x', fraction: '' };
  const grouped = new RegExp(`^\\d{1,3}(\\${group}\\d{3})+(\\${mark}\\d*)?$`);
  if (grouped.test(text)) return cutAt(text.replaceAll(group, ''), mark);
  if (digits === 0) return null;
  // The other language's mark is taken too, where it cannot be a group: `0.35` kg on an Indonesian tablet.
  const marks = text.match(/[.,]/g) ?? [];
  return marks.length === 1 ? cutAt(text.replace(/[.,]/, mark), mark) : null;
}

function cutAt(text: string, mark: string): { whole: string; fraction: string } {
  const [whole = '', fraction = ''] = text.split(mark);
  return { whole: whole || '0', fraction };
}
