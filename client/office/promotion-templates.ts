import { money } from '../../schema/money.ts';
import type { PromotionFields } from '../../schema/promotion-form.ts';
import { MEMBER_GROUP } from './known-groups.ts';

/** What shops usually want; each begins a form that a person goes on with. */
export const TEMPLATES = ['buy-get', 'member', 'happy', 'bundle', 'percent'] as const;
export type Template = (typeof TEMPLATES)[number];

const ALL = { of: 'all' } as const;
/** Two to four in the afternoon. */
const AFTERNOON = { from: 14 * 60, to: 16 * 60 };

/** The form that a template begins with, from `today` to the end of its year. */
export function fromTemplate(template: Template, today: string): Omit<PromotionFields, 'active'> {
  const always = { name: '', from: today, to: `${today.slice(0, 4)}-12-31` };
  const percent = { type: 'percent' as const, target: ALL, basisPoints: 1_000 };
  if (template === 'buy-get') {
    return { ...always, rule: { type: 'buy-get', target: ALL, buy: 2, get: 1, basisPoints: 10_000 } };
  }
  if (template === 'member') {
    const rule = { type: 'price' as const, target: { of: 'products' as const, products: [] }, price: money(0) };
    return { ...always, group: MEMBER_GROUP, rule };
  }
  if (template === 'happy') return { ...always, hours: AFTERNOON, rule: percent };
  if (template === 'bundle') return { ...always, rule: { type: 'bundle', products: [], price: money(0) } };
  return { ...always, rule: percent };
}
