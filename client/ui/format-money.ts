import type { Currency, Money } from '../../schema/money.ts';
import type { Language } from '../../schema/protocol/error.ts';

const formats = new Map<string, Intl.NumberFormat>();

function formatOf(language: Language, currency: Currency): Intl.NumberFormat {
  const key = `${language} ${currency.code} ${currency.digits}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(localeOf(language), {
    style: 'currency',
    currency: currency.code,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: currency.digits,
    maximumFractionDigits: currency.digits,
  });
  formats.set(key, made);
  return made;
}

/** Where a language is written as the shops that use Laci expect it: day before month, 24 hours. */
export function localeOf(language: Language): string {
  return language === 'id' ? 'id-ID' : 'en-GB';
}

/** Money with its currency, e.g. `Rp 15.000` or `£1.50`. Exact: the digits are placed in text, not divided. */
export function formatMoney(amount: Money, currency: Currency, language: Language): string {
  return formatOf(language, currency).format(exactDecimal(amount, currency.digits) as Intl.StringNumericLiteral);
}

/** An amount as a plain number for an input field, e.g. `1.50`; the point is the language's own. */
export function editableMoney(amount: Money, currency: Currency, language: Language): string {
  return exactDecimal(amount, currency.digits).replace('.', decimalMark(language));
}

/** The character before the decimals. */
export function decimalMark(language: Language): string {
  return language === 'id' ? ',' : '.';
}

/** An integer of 10^-digits units as a decimal text: (150, 2) is `1.50`. */
export function exactDecimal(amount: number, digits: number): string {
  if (digits === 0) return String(amount);
  const text = String(Math.abs(amount)).padStart(digits + 1, '0');
  return `${amount < 0 ? '-' : ''}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
