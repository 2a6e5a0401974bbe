import { parse } from 'csv-parse/sync';
import { readPence } from './pence.ts';
import type { Oddity, SalesFile, SalesRow } from './sales-file.ts';

/** The headings this reader knows, by what they mean; lower case, without anything but letters. */
const HEADINGS = {
  invoice: ['invoice', 'invoiceno', 'invoicenumber'],
  code: ['stockcode', 'code', 'itemcode'],
  description: ['description', 'name', 'itemname'],
  quantity: ['quantity', 'qty'],
  price: ['unitpricegbp', 'unitprice', 'price'],
} as const;
type Column = keyof typeof HEADINGS;
type Places = Readonly<Record<Column, number>>;

interface Cells {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/**
 * Reads the UCI "Online Retail" layout: one line per product of an invoice, under the headings of this project, of
 * the original or of its second edition. Lines that cannot be read are listed, never dropped silently.
 * Throws when a heading is missing.
 */
export function readOnlineRetail(text: string): SalesFile {
  const [heading, ...lines] = parseCells(text);
  if (heading === undefined) throw new Error('The sales file is empty.');
  const places = findPlaces(heading.record);
  const rows: SalesRow[] = [];
  const skipped: Oddity[] = [];
  const changed: Oddity[] = [];
  for (const { record, info } of lines) readLine(record, info.lines, places, { rows, skipped, changed });
  return { format: 'online-retail', rows, skipped, changed };
}

function parseCells(text: string): Cells[] {
  const firstLine = text.slice(0, text.indexOf('\n') + 1 || text.length);
  return parse(text, {
    delimiter: likelyDelimiter(firstLine),
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    trim: true,
  }) as unknown as Cells[];
}

/** Of comma, semicolon and tab the one that the heading has most of. */
function likelyDelimiter(heading: string): string {
  const count = (mark: string) => heading.split(mark).length;
  return [',', ';', '\t'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

function findPlaces(heading: readonly string[]): Places {
  const plain = heading.map((cell) => cell.toLowerCase().replace(/[^a-z]/g, ''));
  const place = (column: Column): number => {
    const at = plain.findIndex((cell) => (HEADINGS[column] as readonly string[]).includes(cell));
    if (at < 0)
      throw new Error(`The sales file has no heading for the ${column}: it begins ${heading.join(',').slice(0, 120)}`);
    return at;
  };
  return {
    invoice: place('invoice'),
    code: place('code'),
    description: place('description'),
    quantity: place('quantity'),
    price: place('price'),
  };
}

interface Read {
  readonly rows: SalesRow[];
  readonly skipped: Oddity[];
  readonly changed: Oddity[];
}

function readLine(cells: readonly string[], line: number, places: Places, read: Read): void {
  const invoice = cells[places.invoice] ?? '';
  const code = cells[places.code] ?? '';
  const quantity = readQuantity(cells[places.quantity] ?? '');
  const price = readPence(cells[places.price] ?? '');
  const why = whySkipped(invoice, code, quantity, price === null);
  if (why !== null || quantity === null || price === null) {
    read.skipped.push({ line, why: why ?? 'unreadable' });
    return;
  }
  if (price.rounded) read.changed.push({ line, why: `price ${cells[places.price]} rounded to ${price.pence} pence` });
  read.rows.push({ line, invoice, code, description: cells[places.description] ?? '', quantity, price: price.pence });
}

function whySkipped(invoice: string, code: string, quantity: number | null, noPrice: boolean): string | null {
  if (invoice === '') return 'no invoice number';
  if (code === '') return 'no stock code';
  if (quantity === null) return 'quantity is not a whole number';
  if (noPrice) return 'price is not a number';
  return quantity === 0 ? 'quantity is 0' : null;
}

function readQuantity(text: string): number | null {
  if (!/^[+-]?\d+(\.0*)?$/.test(text)) return null;
  const amount = Number(text);
  return Number.isSafeInteger(amount) ? amount : null;
}
