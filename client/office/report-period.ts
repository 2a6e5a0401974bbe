import { dayNumber } from '../../schema/promotion-time.ts';
import type { ReportBy } from '../../schema/report/report.ts';
import { addDays, type DaySpan, daysIn } from '../../schema/report/report-day.ts';

/** What a person chooses instead of two dates. */
export const PERIODS = ['today', 'yesterday', 'week', 'month', 'last-month', 'year', 'custom'] as const;
export type Period = (typeof PERIODS)[number];

/** The days of a period that is not `custom`, seen from today. A month and a year are those of the calendar, up to today. */
export function spanOf(period: Exclude<Period, 'custom'>, today: string): DaySpan {
  const month = `${today.slice(0, 7)}-01`;
  switch (period) {
    case 'today':
      return { from: today, to: today };
    case 'yesterday':
      return { from: addDays(today, -1), to: addDays(today, -1) };
    case 'week':
      return { from: addDays(today, -6), to: today };
    case 'month':
      return { from: month, to: today };
    case 'last-month': {
      const to = addDays(month, -1);
      return { from: `${to.slice(0, 7)}-01`, to };
    }
    case 'year':
      return { from: `${today.slice(0, 4)}-01-01`, to: today };
  }
}

/** Days that are drawn as days; more are drawn as months. */
const DAYS_DRAWN_MAX = 62;

/** By what time is told. */
export type TimeUnit = Extract<ReportBy, 'hour' | 'day' | 'month'>;

/** How a span is drawn over time: a day by its hours, weeks by their days, more by months. */
export function timeOf(span: DaySpan): TimeUnit {
  const days = daysIn(span);
  if (days === 1) return 'hour';
  return days <= DAYS_DRAWN_MAX ? 'day' : 'month';
}

/** Hours that are always drawn: a shop that opened early or late only adds to them. */
const OPEN_HOURS = { from: 8, to: 20 } as const;

/** Every point of the time that is drawn, also those at which nothing was sold. */
export function pointsOf(span: DaySpan, keys: Iterable<string>, by: TimeUnit = timeOf(span)): string[] {
  if (by === 'hour') {
    const hours = [...keys].map(Number);
    const [from, to] = [Math.min(OPEN_HOURS.from, ...hours), Math.max(OPEN_HOURS.to, ...hours)];
    return Array.from({ length: to - from + 1 }, (_, index) => String(from + index).padStart(2, '0'));
  }
  const days = Array.from({ length: daysIn(span) }, (_, index) => addDays(span.from, index));
  return by === 'day' ? days : [...new Set(days.map((day) => day.slice(0, 7)))];
}

/** The point of `span` that a point of the span before it lies under: the same day or month counted from the first. */
export function pointUnder(point: string, before: DaySpan, span: DaySpan, by: TimeUnit = timeOf(span)): string {
  if (by === 'hour') return point;
  if (by === 'day') return addDays(span.from, dayNumber(point) - dayNumber(before.from));
  const months = monthNumber(point) - monthNumber(before.from) + monthNumber(span.from);
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`;
}

function monthNumber(day: string): number {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return year * 12 + month - 1;
}
