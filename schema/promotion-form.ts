import type { z } from 'zod';
import type { promotionFieldsShape } from './promotion.ts';
import { dayNumber } from './promotion-time.ts';

/** What a person says of a promotion, shape checked. */
export type PromotionFields = z.infer<typeof promotionFieldsShape>;

/**
 * The first field by which a promotion would never count, or not as it was meant; null when there is none. A shape does not say: a day
 * that no calendar has, an end before the beginning, no hour, no weekday, a product twice in one bundle.
 */
export function findPromotionFieldFault({ from, to, hours, weekdays, rule }: PromotionFields): string | null {
  if (!isDay(from)) return 'from';
  if (!isDay(to) || dayNumber(to) < dayNumber(from)) return 'to';
  if (hours && hours.from === hours.to) return 'hours';
  if (weekdays && (weekdays.length === 0 || new Set(weekdays).size < weekdays.length)) return 'weekdays';
  if (rule.type !== 'bundle') return null;
  return new Set(rule.products.map(({ productId }) => productId)).size < rule.products.length ? 'rule.products' : null;
}

/** 31 February is none. */
function isDay(day: string): boolean {
  return new Date(dayNumber(day) * 24 * 60 * 60 * 1000).toISOString().startsWith(day);
}
