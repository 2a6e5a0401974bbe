import { z } from 'zod';
import { gtinCheckDigit } from './barcode.ts';
import { QUANTITY_MAX } from './limits.ts';
import { divideRounded, type Money, money } from './money.ts';
import { priceCheckDigit } from './price-check-digit.ts';
import { type Quantity, quantity } from './quantity.ts';
import { fail, ok, type Result } from './result.ts';

/**
 * Barcodes that a scale prints: EAN-13 with the GS1 prefixes 20 to 29, which every shop fills as it likes (GS1 General Specifications,
 * "variable measure trade items within a company"). Behind the prefix stand the item, perhaps a check digit of the value alone, the
 * value, and the check digit of the whole.
 */
export const scaleRuleShape = z
  .object({
    prefix: z.string().regex(/^2\d$/),
    kind: z.enum(['weight', 'price']),
    itemDigits: z.int().min(3).max(6),
    valueDigits: z.int().min(4).max(6),
    /** What one step of the value stands for: smallest units of the product (grams), or of the currency. */
    scale: z.int().min(1).max(1000),
    /** A check digit of the value stands before it; GS1 knows one for four and for five digits. */
    priceCheckDigit: z.boolean().optional(),
  })
  .refine((rule) => rule.itemDigits + rule.valueDigits + Number(rule.priceCheckDigit ?? false) === 10, 'digits')
  .refine((rule) => !rule.priceCheckDigit || rule.valueDigits < 6, 'price check digit');
export type ScaleRule = z.infer<typeof scaleRuleShape>;

/** What a scale's barcode says. */
export interface ScaleReading {
  readonly kind: ScaleRule['kind'];
  /** Barcodes by which the shop may know the item, the likeliest first: prefix and item, the item alone, and with a value of zeros. */
  readonly itemCodes: readonly string[];
  readonly item: string;
  /** Smallest units of the product, or money. */
  readonly value: number;
}

export type ScaleFault = 'check-digit' | 'price-check-digit' | 'no-value';

/**
 * Reads a scale's barcode by the shop's rules. Null when no rule is for its prefix or it is no EAN-13: it is some other barcode.
 * A wrong check digit, or a value of nothing, is a fault: the label was misread.
 */
export function readScaleBarcode(code: string, rules: readonly ScaleRule[]): Result<ScaleReading, ScaleFault> | null {
  const rule = /^\d{13}$/.test(code) ? rules.find(({ prefix }) => code.startsWith(prefix)) : undefined;
  if (!rule) return null;
  const item = code.slice(2, 2 + rule.itemDigits);
  const value = code.slice(-1 - rule.valueDigits, -1);
  if (gtinCheckDigit(code.slice(0, -1)) !== Number(code.at(-1))) return fail('check-digit');
  const said = code[2 + rule.itemDigits];
  if (rule.priceCheckDigit && priceCheckDigit(value) !== Number(said)) return fail('price-check-digit');
  if (Number(value) === 0) return fail('no-value');
  const zeros = `${rule.prefix}${item}`.padEnd(12, '0');
  const itemCodes = [`${rule.prefix}${item}`, item, `${zeros}${gtinCheckDigit(zeros)}`];
  return ok({ kind: rule.kind, itemCodes, item, value: Number(value) * rule.scale });
}

/** How much of a product a label is about, and what comes off so that the line costs exactly what the label says. */
export interface LabelledGoods {
  readonly quantity: Quantity;
  /** Money; 0 for a weight. */
  readonly off: Money;
}

/**
 * The goods of a reading. A price gives the smallest quantity that costs at least as much; the little that is too much comes off, so
 * that the customer pays what stands on the label. Null for a price where the product costs nothing, or a quantity beyond all bounds.
 */
export function labelledGoods(
  reading: Pick<ScaleReading, 'kind' | 'value'>,
  product: { readonly price: Money; readonly unitScale: number },
  grossOf: (amount: Quantity) => Money,
): LabelledGoods | null {
  if (reading.kind === 'weight') return { quantity: quantity(reading.value), off: money(0) };
  if (product.price === 0) return null;
  const need = BigInt(reading.value) * BigInt(product.unitScale);
  const least = Number(divideRounded(need, BigInt(product.price), 'up'));
  if (least >= QUANTITY_MAX) return null;
  // Rounding down may make the gross fall short of the label by one step.
  const amount = quantity(grossOf(quantity(least)) < reading.value ? least + 1 : least);
  return { quantity: amount, off: money(grossOf(amount) - reading.value) };
}
