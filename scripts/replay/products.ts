import { createHash } from 'node:crypto';
import type { SalesRow } from './sales-file.ts';

/** A product that must exist before its sales are replayed. */
export interface ReplayProduct {
  readonly code: string;
  readonly barcode: string;
  readonly name: string;
  /** Pence. */
  readonly price: number;
}

const NAME_CHARACTERS_MAX = 200;
const BARCODE_CHARACTERS_MAX = 32;

/** The products that the rows name, one per distinct code, in the order of the file. */
export function productsOf(rows: readonly SalesRow[]): ReplayProduct[] {
  const rowsByCode = Map.groupBy(rows, (row) => row.code);
  return [...rowsByCode].map(([code, own]) => ({
    code,
    barcode: barcodeOf(code),
    name: productName(own.find((row) => row.description !== '')?.description ?? code),
    price: usualPrice(own),
  }));
}

/** A text that fits a product's or a line's name. */
export function productName(text: string): string {
  return text.slice(0, NAME_CHARACTERS_MAX).toWellFormed();
}

/** The positive price that most rows have, the first of equals; 0 where none is positive. */
function usualPrice(rows: readonly SalesRow[]): number {
  const counts = new Map<number, number>();
  for (const { price } of rows) if (price > 0) counts.set(price, (counts.get(price) ?? 0) + 1);
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best), [0, 0])[0];
}

/**
 * A barcode (printable ASCII without blanks, at most 32 characters) for any code, different for different codes. Most codes stay as
 * they are; other characters become `~` and the hexadecimal of their UTF-8, and what is then too long becomes its hash.
 */
export function barcodeOf(code: string): string {
  const escaped = code.replace(/[^!-}]/gu, (character) => `~${Buffer.from(character).toString('hex')}~`);
  if (escaped.length <= BARCODE_CHARACTERS_MAX) return escaped;
  return `~~${createHash('sha256')
    .update(code)
    .digest('hex')
    .slice(0, BARCODE_CHARACTERS_MAX - 2)}`;
}

/** The catalogue as a CSV that the server imports: barcode, name and price in pounds. */
export function catalogueCsv(products: readonly ReplayProduct[]): string {
  const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const line = ({ barcode, name, price }: ReplayProduct) =>
    `${cell(barcode)},${cell(name)},${(price / 100).toFixed(2)}`;
  return `barcode,name,price\n${products.map(line).join('\n')}\n`;
}
