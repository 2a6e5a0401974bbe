import type { RefundBody, SaleBody, SaleLine } from './entry/sale.ts';
import type { CartId, EntryId } from './ids.ts';
import { addMoney, type Money, money, type Rounding, scaleMoney, subtractMoney, ZERO } from './money.ts';
import type { Quantity } from './quantity.ts';
import type { Cart, CartLine, ReceiptRules } from './receipt.ts';
import type { Tax } from './tax.ts';

/** The sale that comes back, as far as a refund needs it. */
export type RefundedSale = Pick<SaleBody, 'lines' | 'taxes' | 'rounding'>;

/** How much of one line comes back, and how much did before; smallest units. */
export interface RefundChoice {
  readonly quantity: number;
  readonly before: number;
}

/**
 * The cart of a refund, one choice per line of the sale. Each line gives back what was paid for it and not the shelf price. Parts that come
 * back one after another add up to the line's total exactly, because each is the difference of two shares counted from the
 * line's beginning: the last one takes the remainder.
 */
export function refundCart(cartId: CartId, sale: RefundedSale, choices: readonly RefundChoice[]): Cart {
  const lines = sale.lines.flatMap((line, index): CartLine[] => {
    const choice = choices[index];
    return choice && choice.quantity > 0 ? [refundLine(line, index, choice, sale.rounding)] : [];
  });
  return { cartId, lines };
}

/** The taxes of the sale, as part of what was paid: a refund gives that back, whatever the tax is today. */
export function paidTaxes({ taxes }: RefundedSale): Tax[] {
  return taxes.map((tax) => ({ ...tax, inclusive: true }));
}

/** The rules by which a refund of this sale is computed: what was paid counts, whatever the rules are today. */
export function refundRules(rules: ReceiptRules, sale: RefundedSale): ReceiptRules {
  return { ...rules, rounding: sale.rounding, taxes: paidTaxes(sale) };
}

/** What is given back for units of a line, after some came back `before`. Exact over all parts of the line. */
export function refundShare({ total, quantity: sold }: SaleLine, { quantity, before }: RefundChoice): Money {
  const upTo = (units: number) => scaleMoney(total, Math.min(units, sold), sold, 'down');
  return subtractMoney(upTo(before + quantity), upTo(before));
}

function refundLine(line: SaleLine, index: number, choice: RefundChoice, rounding: Rounding): CartLine {
  const scale = line.unitScale ?? 1;
  const back = refundShare(line, choice);
  const unitPrice = priceFor(line.unitPrice, back, choice.quantity, scale, rounding);
  const gross = scaleMoney(unitPrice, choice.quantity, scale, rounding);
  const off = subtractMoney(gross, back);
  const promotion = promotionShare(line, choice, off);
  const rest = subtractMoney(off, promotion?.amount ?? ZERO);
  return {
    ...{ productId: line.productId, rev: line.rev, name: line.name, barcode: line.barcode, category: line.category },
    quantity: choice.quantity as Quantity,
    unitScale: scale,
    unitPrice,
    originalLine: index,
    promotion,
    discount: rest > 0 ? { type: 'amount', amount: rest } : undefined,
    taxId: line.taxId,
  };
}

/** What a promotion took off the units that come back, counted as {@link refundShare} counts, and never more than was taken off them. */
function promotionShare({ promotion, quantity: sold }: SaleLine, { quantity, before }: RefundChoice, off: Money) {
  if (!promotion || off <= 0) return undefined;
  // Up, where the money that comes back goes down: the two are the shelf price together.
  const upTo = (units: number) => scaleMoney(promotion.amount, Math.min(units, sold), sold, 'up');
  const amount = money(Math.min(off, subtractMoney(upTo(before + quantity), upTo(before))));
  return amount > 0 ? { ...promotion, amount } : undefined;
}

/** The shelf price, or where a tax came on top or a weight was rounded down, the least that reaches what was paid. */
function priceFor(shelf: Money, back: Money, quantity: number, scale: number, rounding: Rounding): Money {
  if (scaleMoney(shelf, quantity, scale, rounding) >= back) return shelf;
  return scaleMoney(back, scale, quantity, 'up');
}

/** Units that came back already, per line of the sale, from the refunds of it. Never more than were sold. */
export function alreadyBack(lines: readonly SaleLine[], refunds: readonly Pick<RefundBody, 'lines'>[]): number[] {
  const back = nothingBack(lines);
  for (const refund of refunds) takeBack(lines, back, refund);
  return lines.map((line, index) => Math.min(line.quantity, back[index]?.units ?? 0));
}

/** One refund of a sale, as it arrived. */
export interface ArrivedRefund {
  readonly id: EntryId;
  readonly body: Pick<RefundBody, 'lines'>;
}

/** And how it was paid. */
export interface PaidRefund extends ArrivedRefund {
  readonly body: Pick<RefundBody, 'lines' | 'payments'>;
}

/**
 * Refunds of one sale that went beyond what it sold, in the order they arrived: the one that went too far carries the money that it gave
 * back too much. Counted line by line, and what belongs to no line of the sale counts whole. Empty when all is well.
 */
export function overRefunds(lines: readonly SaleLine[], refunds: readonly ArrivedRefund[]): Map<EntryId, Money> {
  const over = new Map<EntryId, Money>();
  const back = nothingBack(lines);
  let before = excess(lines, back);
  for (const { id, body } of refunds) {
    const unknown = takeBack(lines, back, body);
    const after = excess(lines, back);
    const amount = addMoney(unknown, subtractMoney(after.money, before.money));
    if (amount > 0 || after.units > before.units) over.set(id, amount);
    before = after;
  }
  return over;
}

interface Back {
  units: number;
  money: Money;
}

function nothingBack(lines: readonly SaleLine[]): Back[] {
  return lines.map(() => ({ units: 0, money: ZERO }));
}

/** Counts a refund's lines to those of the sale. Gives the money of those that belong to none. */
function takeBack(lines: readonly SaleLine[], back: readonly Back[], refund: Pick<RefundBody, 'lines'>): Money {
  let unknown: Money = ZERO;
  for (const line of refund.lines) {
    const places = lines.flatMap((sold, index) => (isOf(line, sold, index) ? [index] : []));
    let left: number = line.quantity;
    for (const [at, index] of places.entries()) {
      const held = back[index] as Back;
      const room = Math.max(0, (lines[index] as SaleLine).quantity - held.units);
      const units = at === places.length - 1 ? left : Math.min(left, room);
      held.units += units;
      held.money = addMoney(held.money, scaleMoney(line.total, units, line.quantity, 'down'));
      left -= units;
    }
    if (places.length === 0) unknown = addMoney(unknown, line.total);
  }
  return unknown;
}

/** The line that it names; an older version named none: then those of its product, in order. */
function isOf(line: SaleLine, sold: SaleLine, index: number): boolean {
  if (line.originalLine !== undefined) return line.originalLine === index;
  return line.productId === sold.productId && line.name === sold.name;
}

function excess(lines: readonly SaleLine[], back: readonly Back[]): Back {
  const units = lines.reduce((sum, { quantity }, index) => sum + Math.max(0, (back[index]?.units ?? 0) - quantity), 0);
  const beyond = lines.map(({ total }, index) => money(Math.max(0, (back[index]?.money ?? 0) - total)));
  return { units, money: addMoney(...beyond) };
}
