import type { Random } from '../replay/random.ts';
import type { SalesFile, SalesRow } from '../replay/sales-file.ts';

/** Products of the invented shop. */
const PRODUCTS = 60;
/** Lines of one invoice at most. */
const LINES_MAX = 6;
/** Of so many invoices one is a refund, and one writes off goods. */
const REFUND_IN = 12;
const WRITE_OFF_IN = 20;

/** A sales file that nobody sold: invoices of every kind in the shape of the real ones, from a seed. */
export function inventSales(invoices: number, random: Random): SalesFile {
  const rows: SalesRow[] = [];
  for (let number = 1; number <= invoices; number += 1) {
    const isRefund = random.chance(1 / REFUND_IN);
    const sign = isRefund || random.chance(1 / WRITE_OFF_IN) ? -1 : 1;
    const invoice = `${isRefund ? 'C' : ''}${100_000 + number}`;
    const lines = 1 + random.whole(LINES_MAX);
    for (let line = 0; line < lines; line += 1) rows.push(inventRow(rows.length + 1, invoice, sign, random));
  }
  return { format: 'online-retail', rows, skipped: [], changed: [] };
}

function inventRow(line: number, invoice: string, sign: number, random: Random): SalesRow {
  const product = random.whole(PRODUCTS);
  const quantity = sign * (1 + random.whole(5));
  return { line, invoice, code: `P${product}`, description: `PRODUCT ${product}`, quantity, price: 95 + product };
}
