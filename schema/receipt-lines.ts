import type { SaleLine } from './entry/sale.ts';
import { type Money, money, type Rounding, scaleMoney } from './money.ts';
import { type ReceiptBlock, start, subRow } from './receipt-block.ts';
import { paperQuantity } from './receipt-format.ts';
import type { PaperTerms } from './receipt-print.ts';

/**
 * One line of a receipt: its name, then its price before discounts, then what its promotion and its own discount take off. The amounts of
 * all lines add up to the subtotal.
 */
export function lineBlocks(line: SaleLine, rounding: Rounding, terms: PaperTerms): ReceiptBlock[] {
  const { words, amount, language } = terms;
  const scale = line.unitScale ?? 1;
  const price = `${paperQuantity(line.quantity, scale, language)} x ${amount(line.unitPrice)}`;
  return [
    start(line.name),
    subRow(price, amount(scaleMoney(line.unitPrice, line.quantity, scale, rounding))),
    ...(line.promotion ? offRow(line.promotion.name, line.promotion.amount, terms) : []),
    ...offRow(words.discount, line.discountTotal, terms),
    ...(isCheaper(line) ? [subRow(`${words.was} ${amount(line.listPrice as Money)}`, '')] : []),
    ...(line.note ? [subRow(line.note, '')] : []),
  ];
}

/** A price that a person raised is nobody's bargain. */
function isCheaper({ listPrice, unitPrice }: SaleLine): boolean {
  return listPrice !== undefined && listPrice > unitPrice;
}

/** What is taken off; nothing where nothing is. */
export function offRow(label: string, off: Money | undefined, { amount }: PaperTerms): ReceiptBlock[] {
  return off ? [subRow(label, amount(money(-off)))] : [];
}
