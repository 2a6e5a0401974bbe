import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** What a stocktake counts: real products, what the books say of each, and what truly lies on its shelf. */

const CATALOGUE = resolve(import.meta.dirname, '../../server/seed/data/catalogue-20k.csv');
const COUNTED = 500;
/** Pieces of each product by the books. */
const BOOKED = 20;

/** Real products from all over the catalogue, with the same stock of each. */
const ROWS: readonly string[] = readFileSync(CATALOGUE, 'utf8')
  .trimEnd()
  .split('\n')
  .filter((row) => /^\d{13},/.test(row))
  .filter((_, place) => place % 30 === 0)
  .slice(0, COUNTED);

export const BARCODES: readonly string[] = ROWS.map((row) => row.slice(0, 13));

/** The shop's catalogue, as CSV. */
export function countCatalogue(): string {
  return ['barcode,name,category,stock', ...ROWS.map((row) => `${row},,${BOOKED}`), ''].join('\n');
}

/** What nobody wrote down before the stocktake: of every seventh product two are gone, of every eleventh one is too many. */
export function openingShelf(): Map<string, number> {
  const lost = (place: number) => (place % 7 === 0 ? 2 : 0) - (place % 11 === 0 ? 1 : 0);
  return new Map(BARCODES.map((barcode, place) => [barcode, BOOKED - lost(place)]));
}

/** Products of which the books were wrong. */
export function wrongBefore(): readonly string[] {
  return [...openingShelf()].filter(([, pieces]) => pieces !== BOOKED).map(([barcode]) => barcode);
}
