import { dayNumber, localMoment } from '../promotion-time.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const MINUTE_MS = 60_000;
/** What a clock may say: a device whose battery died, or a forger, counts on the first or the last of these days. */
const FIRST_MS = 0;
const LAST_MS = Date.UTC(2999, 11, 31);
/** From the first of any month into the next. */
const DAYS_BEYOND_MONTH = 32;
/** A zone moves at whole quarters of an hour alone. */
const QUARTER_MS = 15 * MINUTE_MS;
/** Quarters remembered per zone: a year of open hours. */
const KNOWN_MAX = 20_000;

/** Minutes that a zone is ahead of Greenwich at a time, milliseconds since 1970. */
export type ZoneMinutes = (at: number) => number;

/** The business day and the hour, `00` to `23`, at which an entry counts: by its device's clock, in the shop's zone. */
export function reportHour(at: number, zone: ZoneMinutes): { readonly day: string; readonly hour: string } {
  const known = Math.min(Math.max(at, FIRST_MS), LAST_MS);
  const { localDate, localMinutes } = localMoment(known, zone(known));
  return { day: localDate, hour: String(Math.floor(localMinutes / 60)).padStart(2, '0') };
}

/** A named zone, e.g. `Asia/Jakarta`. Throws RangeError where there is none of that name. */
export function zoneNamed(name: string): ZoneMinutes {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
  const known = new Map<number, number>();
  return (at) => {
    const quarter = Math.floor(at / QUARTER_MS);
    const found = known.get(quarter);
    if (found !== undefined) return found;
    const minutes = offsetIn(format.formatToParts(quarter * QUARTER_MS));
    if (known.size >= KNOWN_MAX) known.clear();
    known.set(quarter, minutes);
    return minutes;
  };
}

/** `GMT+07:00`, `GMT-03:30` or `GMT`. */
function offsetIn(parts: readonly Intl.DateTimeFormatPart[]): number {
  const text = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign = '+', hours = '0', minutes = '0'] = /^GMT([+-])(\d{1,2})(?::(\d{2}))?/.exec(text) ?? [];
  const size = Number(hours) * 60 + Number(minutes);
  return sign === '-' ? -size : size;
}

/** The day so many days later; earlier below 0. */
export function addDays(day: string, days: number): string {
  return new Date((dayNumber(day) + days) * DAY_MS).toISOString().slice(0, 10);
}

/** How many days a span has, its first and its last included; 0 or less where it ends before it begins. */
export function daysIn({ from, to }: DaySpan): number {
  return dayNumber(to) - dayNumber(from) + 1;
}

/** Days from the first to the last, both included, as `2026-12-31`. */
export interface DaySpan {
  readonly from: string;
  readonly to: string;
}

/** As many days, right before. */
export function spanBefore(span: DaySpan): DaySpan {
  const days = daysIn(span);
  return { from: addDays(span.from, -days), to: addDays(span.from, -1) };
}

export function firstOfMonth(day: string): string {
  return `${day.slice(0, 7)}-01`;
}

/** A span in up to three that lie one behind the other: days, whole calendar months, days. */
export function splitByMonths(span: DaySpan): { readonly months: DaySpan | null; readonly days: readonly DaySpan[] } {
  const isFirst = span.from === firstOfMonth(span.from);
  const from = isFirst ? span.from : firstOfMonth(addDays(firstOfMonth(span.from), DAYS_BEYOND_MONTH));
  const isLast = addDays(span.to, 1) === firstOfMonth(addDays(span.to, 1));
  const to = isLast ? span.to : addDays(firstOfMonth(span.to), -1);
  if (from > to) return { months: null, days: [span] };
  const days = [
    { from: span.from, to: addDays(from, -1) },
    { from: addDays(to, 1), to: span.to },
  ];
  return { months: { from, to }, days: days.filter((part) => daysIn(part) > 0) };
}
