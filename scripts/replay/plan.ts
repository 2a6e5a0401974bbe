import { createHash } from 'node:crypto';
import { barcodeOf, productName } from './products.ts';
import type { SalesFile, SalesRow } from './sales-file.ts';

/** What part of an invoice an entry is. A correction moves money, and no stock. */
export type Part = 'sale' | 'refund' | 'adjust' | 'correction';

export interface PlannedLine {
  readonly barcode: string;
  readonly name: string;
  /** Pieces, positive; for an adjustment the signed change of the stock. */
  readonly quantity: number;
  /** Pence. */
  readonly price: number;
}

/** One entry that a till is to write: exactly once, with exactly these lines. */
export interface PlannedEntry {
  /** Names the entry wherever it turns up: the cart's id, or a mark in the reason. */
  readonly key: string;
  readonly invoice: string;
  readonly part: Part;
  readonly lines: readonly PlannedLine[];
  readonly reason: string;
  /** Lines of the file that it stands for. */
  readonly rows: number;
}

/** All parts of one invoice; one till writes them. */
export interface PlannedInvoice {
  readonly invoice: string;
  readonly entries: readonly PlannedEntry[];
}

/** A receipt's lines stay under this, so that row size (256 KiB) and node count (20,000) hold for any names. */
const RECEIPT_LINES_MAX = 1_500;
const RECEIPT_BYTES_MAX = 225_000;
/** What a receipt line needs besides its name and barcode, in bytes of JSON, generously. */
const LINE_BYTES = 130;
/** Lines of one adjustment (schema/limits.ts allows 400 within 64 KiB). */
const ADJUST_LINES_MAX = 300;

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** The entries that a sales file asks for, invoice by invoice in the order of the file. */
export function planSales(file: SalesFile): PlannedInvoice[] {
  const rowsByInvoice = Map.groupBy(file.rows, (row) => row.invoice);
  return [...rowsByInvoice].map(([invoice, rows]) => ({ invoice, entries: planInvoice(file, invoice, rows) }));
}

function planInvoice(file: SalesFile, invoice: string, rows: readonly SalesRow[]): PlannedEntry[] {
  const byPart = Map.groupBy(rows, partOf);
  return [...byPart].flatMap(([part, own]) =>
    chunk(part, own).map((some, index): PlannedEntry => {
      const lines = some.map((row) => plannedLine(part, row));
      return {
        key: keyOf(file.format, invoice, part, index),
        invoice,
        part,
        lines: file.format === 'baskets' ? addRepeats(lines) : lines,
        reason: some.find((row) => row.description !== '')?.description.slice(0, 100) ?? 'stock correction',
        rows: some.length,
      };
    }),
  );
}

/** Which part of its invoice a row belongs to. Invoices whose number begins with C are cancellations. */
function partOf(row: SalesRow): Part {
  if (row.price < 0) return 'correction';
  if (row.quantity > 0) return 'sale';
  return /^c/i.test(row.invoice) ? 'refund' : 'adjust';
}

function plannedLine(part: Part, row: SalesRow): PlannedLine {
  const quantity = part === 'refund' ? -row.quantity : row.quantity;
  return { barcode: barcodeOf(row.code), name: productName(row.description || row.code), quantity, price: row.price };
}

function addRepeats(lines: readonly PlannedLine[]): PlannedLine[] {
  const byBarcode = Map.groupBy(lines, (line) => line.barcode);
  return [...byBarcode.values()].map((same) => ({
    ...(same[0] as PlannedLine),
    quantity: same.reduce((sum, line) => sum + line.quantity, 0),
  }));
}

/** Cuts what one entry could not hold; a correction is one row, because its reason tells it. */
function chunk(part: Part, rows: readonly SalesRow[]): SalesRow[][] {
  const chunks: SalesRow[][] = [];
  let bytes = 0;
  for (const row of rows) {
    const size = LINE_BYTES + Buffer.byteLength(JSON.stringify(row.description + row.code));
    const last = chunks.at(-1);
    if (last === undefined || isFull(part, last.length, bytes + size)) {
      chunks.push([row]);
      bytes = size;
    } else {
      last.push(row);
      bytes += size;
    }
  }
  return chunks;
}

function isFull(part: Part, lines: number, bytes: number): boolean {
  if (part === 'correction') return true;
  if (part === 'adjust') return lines >= ADJUST_LINES_MAX;
  return lines >= RECEIPT_LINES_MAX || bytes > RECEIPT_BYTES_MAX;
}

/** 32 characters that fit a cart id and are the same in every run: letters, because digits in a reason may pass for a card's number. */
function keyOf(format: string, invoice: string, part: Part, index: number): string {
  const hash = createHash('sha256').update(JSON.stringify([format, invoice, part, index]));
  const letters = [...hash.digest().subarray(0, 30)].map((byte) => LETTERS[byte % LETTERS.length]);
  return `${part[0]}-${letters.join('')}`;
}
