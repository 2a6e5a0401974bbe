import type { Language } from '../../schema/protocol/error.ts';
import { localeOf } from './format-money.ts';

/** A day of the calendar, `2026-12-31`, as a person reads it: `31 Dec 2026`. The text itself where it is no day. */
export function formatDay(localDate: string, language: Language): string {
  const at = Date.parse(`${localDate}T00:00:00Z`);
  if (Number.isNaN(at)) return localDate;
  return new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'medium', timeZone: 'UTC' }).format(at);
}

/** A day of the week, 1 Monday to 7 Sunday, short: `Mon`. The first of January 2024 was a Monday. */
export function weekdayName(weekday: number, language: Language): string {
  const name = new Intl.DateTimeFormat(localeOf(language), { weekday: 'short', timeZone: 'UTC' });
  return name.format(Date.UTC(2024, 0, weekday));
}
