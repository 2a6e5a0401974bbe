import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Currency, Money } from '../../schema/money.ts';
import type { Language } from '../../schema/protocol/error.ts';
import { isLanguage } from '../i18n/language.ts';
import { formatBytes, formatShare } from '../ui/format-bytes.ts';
import { editableMoney, formatMoney } from '../ui/format-money.ts';
import { formatCount, formatQuantity } from '../ui/format-quantity.ts';
import { formatAge, formatClock, formatDateTime, formatLength, formatMoment } from '../ui/format-time.ts';
import { groupTyped } from '../ui/group-typed.ts';
import { parseDecimal } from '../ui/parse-number.ts';
import { useDevice } from './contexts.ts';
import { useLive } from './use-live.ts';

/** Before the settings have arrived nothing is sold; until then amounts are shown as plain rupiah. */
const FIRST_CURRENCY: Currency = { code: 'IDR', digits: 0 };

/** The language of the screens now. */
export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return isLanguage(i18n.language) ? i18n.language : 'en';
}

/** Money, quantities and times as this person reads them, in the shop's currency. */
export interface Format {
  readonly language: Language;
  readonly currency: Currency;
  money(amount: Money): string;
  editable(amount: Money): string;
  /** Money as somebody would have typed it into such a field. */
  typed(amount: Money): string;
  /** Money in a field whose text was `before`: whole money in groups, as long as somebody types at its end. */
  grouped(field: TypedField, before: string): string;
  /** Money as typed; null when it is none. */
  parseMoney(typed: string): Money | null;
  quantity(amount: number, unitScale: number): string;
  count(count: number): string;
  bytes(bytes: number): string;
  /** A share from 0 to 1. */
  share(share: number): string;
  age(ms: number): string;
  length(ms: number): string;
  moment(at: number, now: number): string;
  dateTime(at: number): string;
  /** With seconds, for logs. */
  clock(at: number): string;
}

/** What is looked at of a field that somebody types into. */
type TypedField = Pick<HTMLInputElement, 'value' | 'selectionStart'>;

export function useFormat(): Format {
  const language = useLanguage();
  const currency = useLive(useDevice().company.settings)?.currency ?? FIRST_CURRENCY;
  return useMemo(() => createFormat(language, currency), [language, currency]);
}

function createFormat(language: Language, currency: Currency): Format {
  return {
    language,
    currency,
    money: (amount) => formatMoney(amount, currency, language),
    editable: (amount) => editableMoney(amount, currency, language),
    typed: (amount) => {
      const text = editableMoney(amount, currency, language);
      return currency.digits === 0 ? groupTyped(text, '', language) : text;
    },
    grouped: ({ value, selectionStart }, before) =>
      currency.digits === 0 && selectionStart === value.length ? groupTyped(value, before, language) : value,
    parseMoney: (typed) => parseDecimal(typed, currency.digits, language) as Money | null,
    quantity: (amount, unitScale) => formatQuantity(amount, unitScale, language),
    count: (count) => formatCount(count, language),
    bytes: (bytes) => formatBytes(bytes, language),
    share: (share) => formatShare(share, language),
    age: (ms) => formatAge(ms, language),
    length: (ms) => formatLength(ms, language),
    moment: (at, now) => formatMoment(at, now, language),
    dateTime: (at) => formatDateTime(at, language),
    clock: (at) => formatClock(at, language),
  };
}
