import type { Product } from '../../schema/product.ts';
import { BEGINS_NAME, BEGINS_WORD, NOT, type RowWords, SOMEWHERE, type WordedRow } from './row-words.ts';
import { normaliseText } from './search-text.ts';
import type { Vocabulary } from './vocabulary.ts';

/** One product as search sees it. */
export interface SearchRow extends WordedRow {
  readonly product: Product;
  /** What lists are sorted by: the name from its first letter or digit on, so that quotes and brackets do not come first. */
  readonly place: string;
}

/** What search needs is made when it is first asked for: a start that brings 20,000 products shows them before anybody searches. */
export class LazyRow implements SearchRow {
  takenBy: RowWords | null = null;
  slot = 0;
  #product: Product;
  #name: string | null = null;
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
    return ` ${this.name} ${[sku, ...barcodes].join(' ').toLowerCase()}`;
  }

  get codes(): readonly string[] {
    const { sku, barcodes } = this.#product;
    return sku === undefined ? barcodes : [sku, ...barcodes];
  }

  get place(): string {
    this.#place ??= this.name.replace(/^[^\p{L}\p{N}]+/u, '');
    return this.#place;
  }

  /** The product as it is now, in the same row: found by the same words, and at the same place. */
  become(product: Product): void {
    this.#product = product;
    this.takenBy?.see(this.slot, product);
  }
}

/** Rows in the order in which they are shown. */
export interface SearchList {
  readonly rows: readonly SearchRow[];
  /** By place, the row's slot among these words. */
  readonly slots: (words: RowWords) => Uint32Array;
}

export function searchList(rows: readonly SearchRow[]): SearchList {
  let slots = new Uint32Array();
  let known: RowWords | null = null;
  return {
    rows,
    slots: (words) => {
      if (known !== words) slots = Uint32Array.from(rows, words.take);
      known = words;
      return slots;
    },
  };
}

/**
 * The best products for a text, at most `limit`: each word must stand somewhere in name, SKU or barcodes; names that begin with the
 * text come first, then those where every word begins a word, then the rest, each in the order of the list. Where nothing
 * matches, one slip per word is forgiven.
 */
export function searchRows(list: SearchList, vocabulary: Vocabulary, text: string, limit: number): readonly Product[] {
  const wanted = normaliseText(text);
  // Nothing but accents: every row holds it.
  if (wanted === '') return list.rows.slice(0, limit).map(({ product }) => product);
  const words = [...new Set(wanted.split(' '))];
  const rowWords = vocabulary.rowWords();
  const fits = rowWords.fits(words);
  if (wanted !== words[0]) compareWhole(fits, rowWords, wanted);
  const found = chooseFitting(list.slots(rowWords), rowWords.products, fits, limit);
  return found.length > 0 ? found : slippedRows(list, vocabulary, words, limit);
}

/** Of several words a name must begin with all: one that begins with the first was not compared with the others behind it. */
function compareWhole(fits: Uint8Array, { rows }: RowWords, wanted: string): void {
  const begin = ` ${wanted}`;
  for (let slot = fits.indexOf(BEGINS_NAME); slot !== -1; slot = fits.indexOf(BEGINS_NAME, slot + 1)) {
    if (!rows[slot]?.text.startsWith(begin)) fits[slot] = BEGINS_WORD;
  }
}

/** The best first, and those that fit alike in the order of the list. Of a letter these are thousands: each has its place before it is put there. */
function chooseFitting(slots: Uint32Array, products: readonly Product[], fits: Uint8Array, limit: number): Product[] {
  const next = countFits(slots, fits);
  const found: Product[] = new Array(Math.min(limit, next[NOT] as number));
  for (let place = 0; place < slots.length; place += 1) {
    const slot = slots[place] as number;
    const fit = fits[slot] as number;
    if (fit === NOT) continue;
    const at = next[fit] as number;
    next[fit] = at + 1;
    if (at < found.length) found[at] = products[slot] as Product;
  }
  return found;
}

/** By how well they fit, where the first of these stands among those found; under {@link NOT} how many are found. */
function countFits(slots: Uint32Array, fits: Uint8Array): Uint32Array {
  const counts = new Uint32Array(BEGINS_NAME + 1);
  for (let place = 0; place < slots.length; place += 1) {
    const fit = fits[slots[place] as number] as number;
    counts[fit] = (counts[fit] as number) + 1;
  }
  let before = 0;
  for (const fit of [BEGINS_NAME, BEGINS_WORD, SOMEWHERE, NOT]) {
    const count = counts[fit] as number;
    counts[fit] = before;
    before += count;
  }
  return counts;
}

/** Rows that have a word like each of the words. Where one has none, no row needs to be looked at. */
function slippedRows(list: SearchList, vocabulary: Vocabulary, words: readonly string[], limit: number): Product[] {
  const rowWords = vocabulary.rowWords();
  const meant = words.map((word) => vocabulary.like(word));
  if (meant.some((said) => said.length === 0)) return [];
  return chooseFitting(list.slots(rowWords), rowWords.products, rowWords.fitsOneOfEach(meant), limit);
}
