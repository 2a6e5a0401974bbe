import type { TFunction } from 'i18next';
import type { Money } from '../../schema/money.ts';
import type { PromotionRule, PromotionTarget } from '../../schema/promotion.ts';
import type { PromotionFields } from '../../schema/promotion-form.ts';
import { clockText } from './promotion-form.ts';

/** How a sentence calls things. */
export interface SentenceWords {
  readonly t: TFunction<'words'>;
  money(amount: Money): string;
  percent(basisPoints: number): string;
  day(localDate: string): string;
  /** 1 Monday to 7 Sunday. */
  weekday(day: number): string;
  /** A product by its name. */
  product(id: string): string;
  list(parts: readonly string[]): string;
}

/** Products that a sentence names; the others are counted. */
const NAMED_MAX = 3;

/** What customers get, in words: what, for whom, when. */
export function promotionSentence(promotion: Omit<PromotionFields, 'active' | 'name'>, words: SentenceWords): string {
  const { t } = words;
  const { rule, group, weekdays, hours, from, to } = promotion;
  const days = weekdays?.map((day) => words.weekday(day));
  const clock = hours && { from: clockText(hours.from), to: clockText(hours.to) };
  const parts = [
    ruleText(rule, words),
    group === undefined ? '' : t('manage.promotions.sentence.group', { group }),
    days === undefined ? '' : t('manage.promotions.sentence.days', { days: words.list(days) }),
    clock === undefined ? '' : t('manage.promotions.sentence.hours', clock),
    t('manage.promotions.sentence.dates', { from: words.day(from), to: words.day(to) }),
  ];
  return `${parts.filter(Boolean).join(', ')}.`;
}

/** What a promotion gives, and on what. */
export function ruleText(rule: PromotionRule, words: SentenceWords): string {
  const { t } = words;
  if (rule.type === 'bundle') {
    const products = rule.products.map(({ productId, quantity }) => `${quantity} × ${words.product(productId)}`);
    return t('manage.promotions.sentence.bundle', { products: words.list(products), amount: words.money(rule.price) });
  }
  const target = targetText(rule.target, words);
  if (rule.type === 'amount')
    return t('manage.promotions.sentence.amount', { amount: words.money(rule.amount), target });
  if (rule.type === 'price') return t('manage.promotions.sentence.price', { amount: words.money(rule.price), target });
  const percent = words.percent(rule.basisPoints);
  if (rule.type === 'percent') return t('manage.promotions.sentence.percent', { percent, target });
  const free = rule.basisPoints === 10_000;
  const off = free ? t('manage.promotions.sentence.free') : t('manage.promotions.sentence.off', { percent });
  return t('manage.promotions.sentence.buy-get', { all: rule.buy + rule.get, get: rule.get, off, target });
}

function targetText(target: PromotionTarget, words: SentenceWords): string {
  if (target.of === 'all') return words.t('manage.promotions.sentence.all');
  if (target.of === 'category') return target.category;
  const named = target.products.slice(0, NAMED_MAX).map(words.product);
  const count = target.products.length - named.length;
  if (count === 0) return words.list(named);
  return words.t('manage.promotions.sentence.more', { list: named.join(', '), count });
}
