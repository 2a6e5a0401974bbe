import type { Product } from '../../schema/product.ts';
import { normaliseText } from './search-text.ts';
import type { Vocabulary } from './vocabulary.ts';

/** One product as search sees it. `text` begins with a space, so that a word's start is `' ' + word`. */
export interface SearchRow {
  readonly product: Product;
  readonly name: string;
  readonly text: string;
  /** What lists are sorted by: the name from its first letter or digit on, so that quotes and brackets do not come first. */
  readonly place: string;
}

/** What search needs is made when it is first asked for: a start that brings 20,000 products shows them before anybody searches. */
export class LazyRow implements SearchRow {
  #product: Product;
  #name: string | null = null;
  #text: string | null = null;
  #place: string | null = null;

  constructor(product: Product) {
    this.#product = product;
  }

  get product(): Product {
    return this.#product;
  }

  get name(): string {
    this.#name ??= normaliseText(this.#product.name);
    return this.#name;
  }

  get text(): string {
    const { sku = '', barcodes } = this.#product;
    this.#text ??= ` ${this.name} ${[sku, ...barcodes].join(' ').toLowerCase()}`;
    return this.#text;
  }

  get place(): string {
    this.#place ??= this.name.replace(/^[^\p{L}\p{N}]+/u, '');
    return this.#place;
  }

  /** The product as it is now, in the same row. */
  become(product: Product): void {
    this.#product = product;
    this.#name = null;
    this.#text = null;
    this.#place = null;
  }
}

/**
 * The best rows for a text, at most `limit`: each word must stand somewhere in name, SKU or barcodes; names that begin with the
 * text come first, then rows where every word begins a word, then the rest, each in the order of `rows`. Where nothing
 * matches, one slip per word is forgiven. 20,000 rows are scanned in a few milliseconds, so there is no index to keep.
 */
export function searchRows(
  rows: readonly SearchRow[],
  vocabulary: Vocabulary,
  text: string,
  limit: number,
): SearchRow[] {
  const wanted = normaliseText(text);
  const words = wanted.split(' ');
  const found = rankRows(rows, wanted, words, limit);
  return found.length > 0 ? found : slippedRows(rows, vocabulary, words, limit);
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

/** Rows that have a word like each of the words. Where one has none, no row needs to be looked at. */
function slippedRows(
  rows: readonly SearchRow[],
  vocabulary: Vocabulary,
  words: readonly string[],
  limit: number,
): SearchRow[] {
  const meant = words.map((word) => vocabulary.like(word).map((said) => ` ${said}`));
  if (meant.some((starts) => starts.length === 0)) return [];
  const found: SearchRow[] = [];
  for (const row of rows) {
    if (meant.every((starts) => starts.some((start) => row.text.includes(start)))) found.push(row);
    if (found.length >= limit) break;
  }
  return found;
}
