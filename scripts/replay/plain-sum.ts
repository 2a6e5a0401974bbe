import type { SalesRow } from './sales-file.ts';

/**
 * What each code's stock must have changed by, straight from the file's lines: what is sold goes out, what a
 * cancellation brings back comes in, other negative lines are taken off, corrections of money move nothing.
 * On purpose it shares no code with the plan, the tills or the server.
 */
export function plainStockSum(rows: readonly SalesRow[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { invoice, code, quantity, price } of rows) {
    const cancelled = invoice.startsWith('C') || invoice.startsWith('c');
    const takenOff = quantity < 0 && !cancelled;
    const change = price < 0 ? 0 : takenOff ? quantity : -quantity;
    sums.set(code, (sums.get(code) ?? 0) + change);
  }
  return sums;
}
