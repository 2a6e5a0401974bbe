import type { Promotion } from './promotion.ts';

/** When and for whom a cart is priced. */
export interface PromotionMoment {
  /** The shop's own day, `2026-12-31`. */
  readonly localDate: string;
  /** Minutes since the shop's midnight. */
  readonly localMinutes: number;
  /** The customer's group, where one was named. */
  readonly customerGroup?: string | undefined;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** The first of January 1970 was a Thursday. */
const FIRST_WEEKDAY = 4;

/** True when a promotion is for this customer, on this day, at this hour. */
export function isPromotionOn(promotion: Promotion, moment: PromotionMoment): boolean {
  const { hours, group, weekdays, active, from, to } = promotion;
  if (!active || (group !== undefined && group !== moment.customerGroup)) return false;
  if (hours && !isInHours(hours, moment.localMinutes)) return false;
  const day = dayNumber(moment.localDate) - (isAfterMidnight(hours, moment.localMinutes) ? 1 : 0);
  return day >= dayNumber(from) && day <= dayNumber(to) && (weekdays?.includes(weekdayOf(day)) ?? true);
}

type Hours = NonNullable<Promotion['hours']>;

function isInHours({ from, to }: Hours, minutes: number): boolean {
  return from <= to ? minutes >= from && minutes < to : minutes >= from || minutes < to;
}

/** What began yesterday evening and lasts over midnight belongs to yesterday. */
function isAfterMidnight(hours: Hours | undefined, minutes: number): boolean {
  return hours !== undefined && hours.from > hours.to && minutes < hours.to;
}

/** Days since the first of January 1970. */
export function dayNumber(localDate: string): number {
  const [year = 0, month = 1, day = 1] = localDate.split('-').map(Number);
  return Date.UTC(year, month - 1, day) / DAY_MS;
}

/** 1 Monday to 7 Sunday. */
function weekdayOf(day: number): number {
  return ((day + FIRST_WEEKDAY - 1) % 7) + 1;
}

/** The shop's day and minute of a time in milliseconds since 1970, in the zone `offsetMinutes` east of Greenwich. */
export function localMoment(at: number, offsetMinutes: number): Pick<PromotionMoment, 'localDate' | 'localMinutes'> {
  const local = new Date(at + offsetMinutes * 60_000);
  const localMinutes = local.getUTCHours() * 60 + local.getUTCMinutes();
  return { localDate: local.toISOString().slice(0, 10), localMinutes };
}
