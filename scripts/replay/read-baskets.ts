import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import type { Oddity, SalesFile, SalesRow } from './sales-file.ts';

interface Cells {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** Pence between which a price derived from a name lies. */
const PRICE_LEAST = 25;
const PRICE_SPAN = 1975;
const HEADING = /^(items?(\(s\))?|item ?\d+|products?( ?\d+)?|basket|transactions?|transaction ?id|tid|id|count|)$/i;
const ID_HEADING = /(^|\b)(t?id|transactions?|basket|count|item\(s\))$/i;

/**
 * Reads market baskets: one sale a line, item names separated by commas, each item once more for each time it is
 * named. A heading, a leading column that counts the items, and empty cells at the end of shorter lines are known.
 */
export function readBaskets(text: string): SalesFile {
  const blank = blankLines(text);
  const all = parseCells(text);
  const heading = all[0] && isHeading(all[0].record) ? all[0].record : null;
  const baskets = heading ? all.slice(1) : all;
  const from = hasLeadingNumber(heading, baskets) ? 1 : 0;
  const rows: SalesRow[] = [];
  const skipped: Oddity[] = [...blank];
  for (const { record, info } of baskets) {
    const names = record
      .slice(from)
      .map(cleanName)
      .filter((name) => name !== '');
    if (names.length === 0) skipped.push({ line: info.lines, why: 'no item' });
    for (const name of names) rows.push(itemRow(name, info.lines));
  }
  return { format: 'baskets', rows, skipped, changed: [] };
}

function itemRow(name: string, line: number): SalesRow {
  return { line, invoice: `basket ${line}`, code: name, description: name, quantity: 1, price: priceOfName(name) };
}

function parseCells(text: string): Cells[] {
  const options = {
    delimiter: ',',
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    trim: true,
  };
  return parse(text, options) as unknown as Cells[];
}

function blankLines(text: string): Oddity[] {
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  return lines.flatMap((content, index) => (content.trim() === '' ? [{ line: index + 1, why: 'blank line' }] : []));
}

/** White space inside a name counts as one blank, or the same product would be two. */
function cleanName(cell: string): string {
  return cell.replace(/\s+/g, ' ').trim();
}

function isHeading(cells: readonly string[]): boolean {
  return cells.some((cell) => cell !== '') && cells.every((cell) => HEADING.test(cell));
}

/** A first column of numbers is no item where the heading says so, or where it counts the items behind it, on every line. */
function hasLeadingNumber(heading: readonly string[] | null, baskets: readonly Cells[]): boolean {
  if (baskets.length === 0 || !baskets.every(({ record }) => /^\d+$/.test(record[0] ?? ''))) return false;
  if (heading && ID_HEADING.test(heading[0] ?? '')) return true;
  return baskets.every(({ record }) => Number(record[0]) === record.slice(1).filter((cell) => cell !== '').length);
}

/** The files carry no prices: a stable one from the name's hash, in pence. */
export function priceOfName(name: string): number {
  return PRICE_LEAST + (createHash('sha256').update(name).digest().readUInt32BE(0) % PRICE_SPAN);
}
