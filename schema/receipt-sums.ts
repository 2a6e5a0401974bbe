import type { SaleBody } from './entry/sale.ts';
import { addMoney, type Money, money, subtractMoney, ZERO } from './money.ts';
import { type ReceiptBlock, row, strongRow, subRow } from './receipt-block.ts';
import { paperNumber } from './receipt-format.ts';
import type { PaperTerms } from './receipt-print.ts';
import type { Tax } from './tax.ts';

/**
 * From the lines to what was paid, each figure once: subtotal, the sale's discount, taxes on top, rounding, total; then the taxes that the
 * total contains.
 */
export function sumBlocks(kind: 'sale' | 'refund', body: SaleBody, terms: PaperTerms): ReceiptBlock[] {
  const { words, amount, money: full } = terms;
  const { totals } = body;
  const lines = subtractMoney(subtractMoney(totals.gross, totals.promotion ?? ZERO), totals.discount);
  const added = body.taxes.filter((tax) => !tax.inclusive);
  const between = totals.saleDiscount > 0 || totals.rounding !== 0 || added.length > 0;
  return [
    ...(between ? [row(words.subtotal, amount(lines))] : []),
    ...(totals.saleDiscount > 0 ? [row(words.saleDiscount, amount(money(-totals.saleDiscount)))] : []),
    ...added.map((tax) => row(taxName(tax, terms), amount(taxOf(body, tax)))),
    ...(totals.rounding === 0 ? [] : [row(words.rounding, amount(totals.rounding))]),
    strongRow(kind === 'sale' ? words.total : words.totalBack, full(totals.due)),
    ...body.taxes
      .filter((tax) => tax.inclusive)
      .map((tax) => subRow(`${words.included} ${taxName(tax, terms)}`, amount(taxOf(body, tax)))),
  ];
}

/** The tax of all lines that name it: each was rounded once, on its line. */
function taxOf({ lines }: SaleBody, { id }: Tax): Money {
  return addMoney(...lines.filter(({ taxId }) => taxId === id).map(({ tax = ZERO }) => tax));
}

/** Basis points of a whole: 11 % is 1,100. */
const BASIS_POINTS = 10_000;

/** `PPN 11%`, the rate left out where the name says it already. */
function taxName({ name, rate }: Tax, { language }: PaperTerms): string {
  if (name.includes('%')) return name;
  const points = Math.round((rate.num * BASIS_POINTS) / rate.den);
  const text = points % 100 === 0 ? String(points / 100) : paperNumber(points, 2, language);
  return `${name} ${text}%`;
}
