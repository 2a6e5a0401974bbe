import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readText } from '../replay/read-text.ts';
import type { BenchOrder } from './bench-order.ts';

const DEMO = new URL('../../server/seed/data/catalogue-20k.csv', import.meta.url).pathname;
/** Opening quantities, as the demo's: enough that a day's sales find something. */
const [STOCK_LEAST, STOCK_SPAN] = [5, 56];
/** First digits of made barcodes: no country's, and none that a scale prints. */
const MADE_PREFIX = '19';

/** The server's options that make the shop asked for; its catalogue is written into `folder` where it is not the demo's. */
export function catalogueOptions({ products, catalogue }: BenchOrder, folder: string): string[] {
  if (products === undefined && catalogue === undefined) return [];
  const file = join(folder, 'catalogue.csv');
  writeFileSync(file, catalogue === undefined ? makeCatalogue(products ?? 0) : readText(catalogue));
  return ['--catalogue', file, '--demo-pins'];
}

/**
 * So many products as CSV: the demo's real ones first, then the same again under new names and valid barcodes, always the same. With
 * opening stock.
 */
export function makeCatalogue(products: number): string {
  const [, ...real] = readFileSync(DEMO, 'utf8').trim().split('\n');
  const rows = Array.from({ length: products }, (_, index) => {
    const turn = Math.floor(index / real.length);
    const row = real[index % real.length] ?? '';
    const stock = STOCK_LEAST + ((index * 7) % STOCK_SPAN);
    return turn === 0 ? `${row},${stock}` : `${renamed(row, turn, index)},${stock}`;
  });
  return `barcode,name,stock\n${rows.join('\n')}\n`;
}

/** `barcode,name` with another barcode, and a name that the number makes its own. */
function renamed(row: string, turn: number, index: number): string {
  const name = row.slice(row.indexOf(',') + 1);
  const said = name.startsWith('"') ? `"${turn + 1}. ${name.slice(1)}` : `${turn + 1}. ${name}`;
  return `${withCheckDigit(`${MADE_PREFIX}${String(index).padStart(10, '0')}`)},${said}`;
}

/** An EAN-13 of its first twelve digits. */
function withCheckDigit(digits: string): string {
  const sum = [...digits].reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}
