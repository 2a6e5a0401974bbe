import type { PromotionDoc } from '../../schema/company.ts';
import type { ProductId } from '../../schema/ids.ts';
import type { Money } from '../../schema/money.ts';
import {
  BUNDLE_PRODUCTS_MAX,
  PROMOTION_PRODUCTS_MAX,
  type PromotionRule,
  type PromotionTarget,
  promotionFieldsShape,
  promotionRuleShape,
} from '../../schema/promotion.ts';
import { findPromotionFieldFault, type PromotionFields } from '../../schema/promotion-form.ts';

/** What is typed and chosen in a promotion's form. Times are `HH:MM`, days `YYYY-MM-DD`. */
export interface PromotionForm {
  readonly name: string;
  readonly type: PromotionRule['type'];
  readonly buy: string;
  readonly get: string;
  readonly percent: string;
  readonly money: string;
  readonly target: PromotionTarget['of'];
  readonly category: string;
  readonly products: readonly { readonly productId: ProductId; readonly quantity: string }[];
  readonly group: string;
  readonly from: string;
  readonly to: string;
  readonly weekdays: readonly number[];
  /** Two empty times: all day. */
  readonly hoursFrom: string;
  readonly hoursTo: string;
}

/** How what is typed is read: money in the shop's currency, percentages in basis points. */
export interface FormReader {
  parseMoney(typed: string): Money | null;
  parsePercent(typed: string): number | null;
  editable(amount: Money): string;
  editablePercent(basisPoints: number): string;
}

/** Fields of the form that may be wrong; the words for each are `manage.promotions.bad.…`. */
export type PromotionFault =
  | 'name'
  | 'from'
  | 'to'
  | 'hours'
  | 'weekdays'
  | 'group'
  | 'category'
  | 'products'
  | 'count'
  | 'percent'
  | 'amount'
  | 'price';

export function promotionForm(doc: Omit<PromotionFields, 'active'>, reader: FormReader): PromotionForm {
  const { rule, hours } = doc;
  const target = rule.type === 'bundle' ? null : rule.target;
  const chosen =
    rule.type === 'bundle'
      ? rule.products.map(({ productId, quantity }) => ({ productId, quantity: String(quantity) }))
      : target?.of === 'products'
        ? target.products.map((productId) => ({ productId, quantity: '1' }))
        : [];
  const amount = 'amount' in rule ? rule.amount : 'price' in rule ? rule.price : undefined;
  return {
    name: doc.name,
    type: rule.type,
    buy: rule.type === 'buy-get' ? String(rule.buy) : '2',
    get: rule.type === 'buy-get' ? String(rule.get) : '1',
    percent: 'basisPoints' in rule ? reader.editablePercent(rule.basisPoints) : '',
    money: amount === undefined ? '' : reader.editable(amount),
    target: target?.of ?? 'products',
    category: target?.of === 'category' ? target.category : '',
    products: chosen,
    group: doc.group ?? '',
    from: doc.from,
    to: doc.to,
    weekdays: doc.weekdays ?? [],
    hoursFrom: hours ? clockText(hours.from) : '',
    hoursTo: hours ? clockText(hours.to) : '',
  };
}

/** The promotion that a form says, or its first field that cannot be. */
export function readPromotionForm(
  form: PromotionForm,
  reader: FormReader,
): Omit<PromotionFields, 'active'> | { readonly bad: PromotionFault } {
  if (!promotionFieldsShape.shape.name.safeParse(form.name.trim()).success) return { bad: 'name' };
  const rule = readRule(form, reader);
  if ('bad' in rule) return rule;
  if (!promotionFieldsShape.shape.group.safeParse(form.group || undefined).success) return { bad: 'group' };
  const [from, to] = [minuteOf(form.hoursFrom), minuteOf(form.hoursTo)];
  if ((from === null) !== (to === null)) return { bad: 'hours' };
  const fields = promotionFieldsShape.safeParse({
    name: form.name.trim(),
    from: form.from,
    to: form.to,
    rule,
    active: true,
    ...(form.weekdays.length === 0 ? {} : { weekdays: [...form.weekdays].sort() }),
    ...(from === null || to === null ? {} : { hours: { from, to } }),
    ...(form.group === '' ? {} : { group: form.group }),
  });
  if (!fields.success) return { bad: fields.error.issues[0]?.path[0] === 'to' ? 'to' : 'from' };
  const fault = findPromotionFieldFault(fields.data);
  if (fault !== null) return { bad: fault === 'rule.products' ? 'products' : (fault as PromotionFault) };
  const { active: _active, ...said } = fields.data;
  return said;
}

function readRule(form: PromotionForm, reader: FormReader): PromotionRule | { readonly bad: PromotionFault } {
  const { type } = form;
  const money = reader.parseMoney(form.money);
  if (type === 'bundle') {
    const products = form.products.map(({ productId, quantity }) => ({ productId, quantity: Number(quantity) }));
    if (products.length === 0 || products.length > BUNDLE_PRODUCTS_MAX) return { bad: 'products' };
    if (products.some(({ quantity }) => !isCount(quantity))) return { bad: 'count' };
    return checked({ type, products, price: money }, 'price');
  }
  const target = readTarget(form);
  if ('bad' in target) return target;
  if (type === 'price') return checked({ type, target, price: money }, 'price');
  if (type === 'amount') return checked({ type, target, amount: money }, 'amount');
  const basisPoints = reader.parsePercent(form.percent);
  if (type === 'percent') return checked({ type, target, basisPoints }, 'percent');
  const [buy, get] = [Number(form.buy), Number(form.get)];
  if (!isCount(buy) || !isCount(get)) return { bad: 'count' };
  return checked({ type, target, buy, get, basisPoints }, 'percent');
}

function readTarget({ target, category, products }: PromotionForm): PromotionTarget | { readonly bad: PromotionFault } {
  if (target === 'all') return { of: target };
  if (target === 'category') return category === '' ? { bad: 'category' } : { of: target, category };
  if (products.length === 0 || products.length > PROMOTION_PRODUCTS_MAX) return { bad: 'products' };
  return { of: target, products: products.map(({ productId }) => productId) };
}

function checked(rule: object, bad: PromotionFault): PromotionRule | { readonly bad: PromotionFault } {
  return promotionRuleShape.safeParse(rule).data ?? { bad };
}

function isCount(count: number): boolean {
  return Number.isInteger(count) && count >= 1 && count <= 100;
}

/** Minutes of the day as a clock says them. */
export function clockText(minutes: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`;
}

function minuteOf(clock: string): number | null {
  const [, hour, minute] = /^(\d{2}):(\d{2})$/.exec(clock) ?? [];
  return hour === undefined || minute === undefined ? null : Number(hour) * 60 + Number(minute);
}

/** Whether a promotion counts on a day: now, only later, or no more. */
export function partOf(
  { active, from, to }: Pick<PromotionDoc, 'active' | 'from' | 'to'>,
  today: string,
): 'now' | 'later' | 'over' {
  if (!active || to < today) return 'over';
  return from > today ? 'later' : 'now';
}
