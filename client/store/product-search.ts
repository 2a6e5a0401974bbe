import type { Product } from '../../schema/product.ts';
import { joinTexts, type RowTexts } from './row-texts.ts';
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

/** Rows in the order in which they are shown, and their texts in one as soon as somebody searches. */
export interface SearchList {
  readonly rows: readonly SearchRow[];
  readonly texts: () => RowTexts;
}

export function searchList(rows: readonly SearchRow[]): SearchList {
  let texts: RowTexts | null = null;
  return {
    rows,
    texts: () => {
      texts ??= joinTexts(rows.map(({ text }) => text));
      return texts;
    },
  };
}

/**
 * The best rows for a text, at most `limit`: each word must stand somewhere in name, SKU or barcodes; names that begin with the
 * text come first, then rows where every word begins a word, then the rest, each in the order of the list. Where nothing
 * matches, one slip per word is forgiven.
 */
export function searchRows(
  list: SearchList,
  vocabulary: Vocabulary,
  text: string,
  limit: number,
): readonly SearchRow[] {
  const wanted = normaliseText(text);
  const words = wanted.split(' ');
  const found = rankRows(list, wanted, words, limit);
  return found.length > 0 ? found : slippedRows(list, vocabulary, words, limit);
}

function rankRows({ rows, texts }: SearchList, wanted: string, words: readonly string[], limit: number): SearchRow[] {
  // The longest word leaves the fewest rows to look at.
  const longest = words.reduce((left, right) => (right.length > left.length ? right : left));
  const others = words.filter((word) => word !== longest);
  const [begin, starts] = [` ${wanted}`, words.map((word) => ` ${word}`)];
  const ranks: [SearchRow[], SearchRow[], SearchRow[]] = [[], [], []];
  for (const place of texts().holding(longest)) {
    const row = rows[place] as SearchRow;
    const { text } = row;
    if (!others.every((word) => text.includes(word))) continue;
    if (text.startsWith(begin)) ranks[0].push(row);
    else ranks[starts.every((start) => text.includes(start)) ? 1 : 2].push(row);
    if (ranks[0].length >= limit) break;
  }
  return ranks.flat().slice(0, limit);
}

/** Rows that have a word like each of the words. Where one has none, no row needs to be looked at. */
function slippedRows(
  { rows, texts }: SearchList,
  vocabulary: Vocabulary,
  words: readonly string[],
  limit: number,
): SearchRow[] {
  const meant = words.map((word) => vocabulary.like(word));
  if (meant.some((said) => said.length === 0)) return [];
  const [fewest, ...others] = meant.sort((left, right) => left.length - right.length);
  const places = new Set(fewest?.flatMap((said) => texts().holding(said, true)));
  const found: SearchRow[] = [];
  for (const place of [...places].sort((left, right) => left - right)) {
    const row = rows[place] as SearchRow;
    if (others.every((said) => said.some((one) => row.text.includes(` ${one}`)))) found.push(row);
    if (found.length >= limit) break;
  }
  return found;
}
