import { addMoney, allocateMoney, type Money, money, type Rounding, scaleMoney, subtractMoney, ZERO } from './money.ts';
import type { Promotion, PromotionRule, PromotionTarget } from './promotion.ts';
import { type Discount, discountAmount } from './totals.ts';

/** A line as promotions look at it; the lines of carts and of sales both are such. */
export interface OfferLine {
  readonly productId?: string | undefined;
  readonly name: string;
  readonly category?: string | undefined;
  readonly quantity: number;
  readonly unitScale?: number | undefined;
  readonly unitPrice: Money;
  readonly listPrice?: Money | undefined;
  readonly discount?: Discount | undefined;
  readonly note?: string | undefined;
}

/** What one promotion takes off which lines, by their place. A line with 0 was needed to earn it. */
export type Offer = ReadonlyMap<number, Money>;

/**
 * What a promotion gives on each of its lines by itself (a percentage, an amount, a price), or on several lines together (buy and
 * get, a bundle). `places` are the lines that may take part, as {@link inFixedOrder} gives them. Never more than a line's gross.
 */
export function offersOf(
  { rule }: Promotion,
  lines: readonly OfferLine[],
  places: readonly number[],
  rounding: Rounding,
): Offer[] {
  if (rule.type === 'bundle') return bundleOffer(rule, lines, places);
  const aimed = places.filter((place) => isTarget(rule.target, lines[place] as OfferLine));
  if (rule.type === 'buy-get') return buyGetOffer(rule, lines, aimed, rounding);
  return aimed.flatMap((place) => {
    const off = lineOff(rule, lines[place] as OfferLine, rounding);
    return off > 0 ? [new Map([[place, off]])] : [];
  });
}

/** True for what is given on several lines together. */
export function spansLines({ rule }: Promotion): boolean {
  return rule.type === 'buy-get' || rule.type === 'bundle';
}

/** A line's price before anything comes off. */
export function grossOf({ unitPrice, quantity, unitScale }: OfferLine, rounding: Rounding): Money {
  return scaleMoney(unitPrice, quantity, unitScale ?? 1, rounding);
}

/**
 * The places of the lines that promotions are for: products, not open items, and no line whose price a person set. The dearest first;
 * equal prices by what the lines say, so that the order in which goods were scanned decides nothing.
 */
export function inFixedOrder(lines: readonly OfferLine[]): number[] {
  const keys = lines.map(keyOf);
  const price = (place: number) => (lines[place] as OfferLine).unitPrice;
  return lines
    .flatMap((line, place) => (isOnSale(line) ? [place] : []))
    .sort((a, b) => price(b) - price(a) || compareText(keys[a] ?? '', keys[b] ?? '') || a - b);
}

function keyOf({ productId, name, category, quantity, unitScale, discount, note }: OfferLine): string {
  const off = discount ? [discount.type, discount.type === 'amount' ? discount.amount : discount.basisPoints] : [];
  return JSON.stringify([productId, name, category ?? '', quantity, unitScale ?? 1, off, note ?? '']);
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}

function isOnSale({ productId, listPrice, quantity }: OfferLine): boolean {
  return productId !== undefined && listPrice === undefined && quantity > 0;
}

function isTarget(target: PromotionTarget, { productId, category }: OfferLine): boolean {
  if (target.of === 'all') return true;
  if (target.of === 'category') return category === target.category;
  return target.products.some((product) => product === productId);
}

type LineRule = Extract<PromotionRule, { type: 'percent' | 'amount' | 'price' }>;

function lineOff(rule: LineRule, line: OfferLine, rounding: Rounding): Money {
  const gross = grossOf(line, rounding);
  if (rule.type === 'percent') return discountAmount(gross, rule, rounding);
  const unit = rule.type === 'amount' ? rule.amount : rule.price;
  const whole = scaleMoney(unit, line.quantity, line.unitScale ?? 1, rounding);
  if (rule.type === 'amount') return money(Math.min(gross, whole));
  return money(Math.max(0, subtractMoney(gross, whole)));
}

/** Pieces that may be counted: what is weighed is none. */
function piecesOf(line: OfferLine): number {
  return (line.unitScale ?? 1) === 1 ? line.quantity : 0;
}

/** The pieces stand in a row, the dearest first; of every `buy + get` of them the last `get` cost less. */
function buyGetOffer(
  rule: Extract<PromotionRule, { type: 'buy-get' }>,
  lines: readonly OfferLine[],
  places: readonly number[],
  rounding: Rounding,
): Offer[] {
  const group = rule.buy + rule.get;
  const total = places.reduce((sum, place) => sum + piecesOf(lines[place] as OfferLine), 0);
  const counted = total - (total % group);
  /** How many of the first `count` pieces cost less. */
  const cheaper = (count: number) => Math.floor(count / group) * rule.get + Math.max(0, (count % group) - rule.buy);
  const offer = new Map<number, Money>();
  let before = 0;
  for (const place of places) {
    const line = lines[place] as OfferLine;
    const after = Math.min(before + piecesOf(line), counted);
    const less = cheaper(after) - cheaper(before);
    const off = discountAmount(
      scaleMoney(line.unitPrice, less, 1, rounding),
      { type: 'percent', basisPoints: rule.basisPoints },
      rounding,
    );
    if (after > before) offer.set(place, off);
    before = after;
  }
  return sumOf(offer) > 0 ? [offer] : [];
}

/** As many bundles as the pieces make; what they save is shared over their lines by price. */
function bundleOffer(
  rule: Extract<PromotionRule, { type: 'bundle' }>,
  lines: readonly OfferLine[],
  places: readonly number[],
): Offer[] {
  const ofProduct = (id: string) =>
    places.filter((place) => lines[place]?.productId === id && piecesOf(lines[place] as OfferLine) > 0);
  const held = (id: string) => ofProduct(id).reduce((sum, place) => sum + piecesOf(lines[place] as OfferLine), 0);
  const times = Math.min(...rule.products.map(({ productId, quantity }) => Math.floor(held(productId) / quantity)));
  if (times === 0) return [];
  const taken = new Map<number, Money>();
  for (const { productId, quantity } of rule.products) {
    let left = quantity * times;
    for (const place of ofProduct(productId)) {
      const line = lines[place] as OfferLine;
      const pieces = Math.min(left, piecesOf(line));
      if (pieces > 0)
        taken.set(place, addMoney(taken.get(place) ?? ZERO, scaleMoney(line.unitPrice, pieces, 1, 'down')));
      left -= pieces;
    }
  }
  const saved = subtractMoney(sumOf(taken), scaleMoney(rule.price, times, 1, 'down'));
  if (saved <= 0) return [];
  const shares = allocateMoney(saved, [...taken.values()]);
  return [new Map([...taken.keys()].map((place, index) => [place, shares[index] ?? ZERO]))];
}

/** What an offer takes off altogether. */
export function sumOf(offer: Offer): Money {
  return addMoney(...offer.values());
}
