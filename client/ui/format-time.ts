import type { Language } from '../../schema/protocol/error.ts';
import { localeOf } from './format-money.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The largest whole unit of a length of time in seconds. */
function largestUnit(seconds: number): { amount: number; unit: 'second' | 'minute' | 'hour' | 'day' } {
  if (seconds < MINUTE) return { amount: seconds, unit: 'second' };
  if (seconds < HOUR) return { amount: Math.floor(seconds / MINUTE), unit: 'minute' };
  if (seconds < DAY) return { amount: Math.floor(seconds / HOUR), unit: 'hour' };
  return { amount: Math.floor(seconds / DAY), unit: 'day' };
}

/** Making a format costs a hundred times what using it does, and an age is shown anew every second. */
const ages = new Map<Language, Intl.RelativeTimeFormat>();

function agesIn(language: Language): Intl.RelativeTimeFormat {
  const known = ages.get(language);
  if (known) return known;
  const made = new Intl.RelativeTimeFormat(localeOf(language), { style: 'short', numeric: 'always' });
  ages.set(language, made);
  return made;
}

/** How long ago, short: `12 sec ago`, `3 min ago`, `2 dtk lalu`. Never in the future: clocks may disagree a little. */
export function formatAge(ms: number, language: Language): string {
  const { amount, unit } = largestUnit(Math.max(0, Math.floor(ms / 1000)));
  return agesIn(language).format(-amount, unit);
}

/** A length of time in its largest unit: `2 h`, `3 jam`. */
export function formatLength(ms: number, language: Language): string {
  const { amount, unit } = largestUnit(Math.max(0, Math.floor(ms / 1000)));
  return new Intl.NumberFormat(localeOf(language), { style: 'unit', unit, unitDisplay: 'short' }).format(amount);
}

/** A moment: `14:05` today, `22 Nov 14:05` on another day, with its year where that is another. */
export function formatMoment(at: number, now: number, language: Language): string {
  const day = new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'short' });
  const time: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
  const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  const date: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' };
  if (!isThisYear) date.year = 'numeric';
  const options = day.format(at) === day.format(now) ? time : { ...date, ...time };
  return new Intl.DateTimeFormat(localeOf(language), options).format(at);
}

/** A whole date and time, for receipts. */
export function formatDateTime(at: number, language: Language): string {
  return new Intl.DateTimeFormat(localeOf(language), {
    dateStyle: 'medium',
    timeStyle: 'short',
    hourCycle: 'h23',
  } as Intl.DateTimeFormatOptions).format(at);
}

/** Which hour of its day a moment lies in, 0 to 23, and whether that day is today, in this device's time zone. */
export function hourOfToday(at: number, now: number): number | null {
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'short' });
  if (day.format(at) !== day.format(now)) return null;
  return Number(new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23' }).format(at));
}

/** A time of day with its seconds. */
export function formatClock(at: number, language: Language): string {
  return new Intl.DateTimeFormat(localeOf(language), {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(at);
}
