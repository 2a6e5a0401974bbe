import type { Product } from '../../schema/product.ts';
import { normaliseText, withinOneSlip } from './search-text.ts';

/** One product as search sees it. `text` begins with a space, so that a word's start is `' ' + word`. */
export interface SearchRow {
  readonly product: Product;
  readonly name: string;
  readonly text: string;
}

export function searchRow(product: Product): SearchRow {
  const name = normaliseText(product.name);
  return { product, name, text: ` ${name} ${product.barcodes.join(' ').toLowerCase()}` };
}

/** Shorter words are too many to forgive a slip in. */
const SLIP_WORD_LENGTH_MIN = 4;

/**
 * The best rows for a text, at most `limit`: each word must stand somewhere in name or barcodes; names that begin with the
 * text come first, then rows where every word begins a word, then the rest, each in the order of `rows`. Where nothing
 * matches, one slip per word is forgiven. 20,000 rows are scanned in a few milliseconds, so there is no index to keep.
 */
export function searchRows(rows: readonly SearchRow[], text: string, limit: number): SearchRow[] {
  const wanted = normaliseText(text);
  const words = wanted.split(' ');
  const found = rankRows(rows, wanted, words, limit);
  return found.length > 0 ? found : slippedRows(rows, words, limit);
}

function rankRows(rows: readonly SearchRow[], wanted: string, words: readonly string[], limit: number): SearchRow[] {
  const starts = words.map((word) => ` ${word}`);
  const ranks: [SearchRow[], SearchRow[], SearchRow[]] = [[], [], []];
  for (const row of rows) {
    if (!words.every((word) => row.text.includes(word))) continue;
    if (row.name.startsWith(wanted)) ranks[0].push(row);
    else if (starts.every((start) => row.text.includes(start))) ranks[1].push(row);
    else ranks[2].push(row);
    if (ranks[0].length >= limit) break;
  }
  return ranks.flat().slice(0, limit);
}

function slippedRows(rows: readonly SearchRow[], words: readonly string[], limit: number): SearchRow[] {
  if (!words.some((word) => word.length >= SLIP_WORD_LENGTH_MIN)) return [];
  const found: SearchRow[] = [];
  for (const row of rows) {
    const said = row.name.split(' ');
    if (words.every((word) => said.some((other) => almost(word, other)))) found.push(row);
    if (found.length >= limit) break;
  }
  return found;
}

/** A word that is still being typed is compared with as much of the other one. */
function almost(word: string, said: string): boolean {
  if (said.startsWith(word)) return true;
  if (word.length < SLIP_WORD_LENGTH_MIN || word[0] !== said[0]) return false;
  return withinOneSlip(word, said) || withinOneSlip(word, said.slice(0, word.length));
}
