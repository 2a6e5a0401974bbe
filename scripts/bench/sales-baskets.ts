import type { SalesRow } from '../replay/sales-file.ts';

/** What one customer bought: products by their number in the file, and pieces of each. */
export type Basket = readonly { readonly product: number; readonly pieces: number }[];

/** Lines of one sale that are taken: more are no sale at a till. */
const LINES_MAX = 200;
const PIECES_MAX = 1_000;

/** One basket an invoice. What came back, and corrections, are left out. */
export function basketsOf(rows: readonly SalesRow[]): Basket[] {
  const sold = rows.filter(({ quantity }) => quantity > 0);
  const numbers = new Map<string, number>();
  for (const { code } of sold) if (!numbers.has(code)) numbers.set(code, numbers.size);
  return [...Map.groupBy(sold, ({ invoice }) => invoice).values()].map((lines) => {
    const pieces = new Map<number, number>();
    for (const { code, quantity } of lines) {
      const product = numbers.get(code) ?? 0;
      pieces.set(product, Math.min(PIECES_MAX, (pieces.get(product) ?? 0) + quantity));
    }
    return [...pieces].slice(0, LINES_MAX).map(([product, count]) => ({ product, pieces: count }));
  });
}
