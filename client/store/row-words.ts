import type { Product } from '../../schema/product.ts';
import { createNumberGroups } from './number-groups.ts';
import { createWordTexts, type WordTexts } from './word-texts.ts';

/** A product with the texts that it is found by, and its place among {@link RowWords}. */
export interface WordedRow {
  readonly product: Product;
  readonly name: string;
  /** All that it is found by, with a space before each word. */
  readonly text: string;
  /** SKU and barcodes, as they are written. */
  readonly codes: readonly string[];
  /** Who knows its words, and under which slot. */
  takenBy: RowWords | null;
  slot: number;
}

/**
 * How well a row fits the words that are looked for, the worst of them: it has each somewhere; each begins one of its words; and the first of
 * them begins its name. The lesser of two is what both have, bit by bit.
 */
export const [NOT, SOMEWHERE, BEGINS_WORD, BEGINS_NAME] = [0, 1, 3, 7] as const;

/**
 * Which rows have which words. A search looks at each different word once, of which 20,000 products have some 10,000, and then goes
 * through the numbers of the rows that have those it means.
 */
export interface RowWords {
  /** Gives the row's slot; its words are taken in where they are not yet. */
  take(row: WordedRow): number;
  /** The row of this slot has another product with the same words. */
  see(slot: number, product: Product): void;
  /** By slot; those too that are in no list any more. */
  readonly rows: readonly WordedRow[];
  /** Of each row its product: a search that finds thousands need not ask each. */
  readonly products: readonly Product[];
  /** By slot, how well it fits these words, none of which is empty or has a space in it. */
  fits(words: readonly string[]): Uint8Array;
  /** The same for words of which one of each list must begin a word of the row: {@link BEGINS_NAME} or {@link NOT}. */
  fitsOneOfEach(choices: readonly (readonly string[])[]): Uint8Array;
}

/** `learn` hears of each different word of a name, once. */
export function createRowWords(learn: (word: string) => void): RowWords {
  const rows: WordedRow[] = [];
  const products: Product[] = [];
  const names = createNameWords(learn);
  // No letter stands in a number: most codes need no look for most words.
  const [codes, numbers] = [createCodes(), createCodes()];
  const mark = (fits: Uint8Array, word: string, fit: Fit) => {
    names.mark(fits, word, fit);
    codes.mark(fits, word, fit);
    if (DIGITS.test(word)) numbers.mark(fits, word, fit);
  };
  const marks = (words: readonly string[], fit: Fit) => {
    const fits = new Uint8Array(products.length);
    for (const word of words) mark(fits, word, fit);
    return fits;
  };
  const addCode = (code: string, slot: number) => {
    if (DIGITS.test(code)) numbers.add(code, slot);
    else for (const part of code.toLowerCase().split(' ')) codes.add(part, slot);
  };
  const made: RowWords = {
    ...{ rows, products },
    take: (row) => {
      if (row.takenBy === made) return row.slot;
      row.takenBy = made;
      row.slot = rows.push(row) - 1;
      products.push(row.product);
      names.add(row.name.split(' '), row.slot);
      for (const code of row.codes) addCode(code, row.slot);
      return row.slot;
    },
    see: (slot, product) => {
      products[slot] = product;
    },
    fits: (words) => words.map((word, at) => marks([word], at === 0 ? FIRST : LATER)).reduce(lesser),
    fitsOneOfEach: (choices) => choices.map((words) => marks(words, ONE_OF)).reduce(lesser),
  };
  return made;
}

/** What a word found counts as: in a word, at its beginning, and at the beginning of the first. */
type Fit = readonly [somewhere: number, begins: number, first: number];
const FIRST: Fit = [SOMEWHERE, BEGINS_WORD, BEGINS_NAME];
const LATER: Fit = [SOMEWHERE, BEGINS_NAME, BEGINS_NAME];
const ONE_OF: Fit = [NOT, BEGINS_NAME, BEGINS_NAME];

const DIGITS = /^\d+$/;

function lesser(left: Uint8Array<ArrayBuffer>, right: Uint8Array): Uint8Array<ArrayBuffer> {
  for (let slot = 0; slot < left.length; slot += 1) left[slot] = (left[slot] as number) & (right[slot] as number);
  return left;
}

interface Marked<Added> {
  add(added: Added, slot: number): void;
  /** Marks the slots of those that hold this word. */
  mark(fits: Uint8Array, word: string, fit: Fit): void;
}

/** The different words of names, each with the rows that have it: twice the slot, and one more where it is the first word. */
function createNameWords(learn: (word: string) => void): Marked<readonly string[]> {
  const texts = createWordTexts();
  const numbers = new Map<string, number>();
  const holders = createNumberGroups();
  const numberOf = (word: string) => {
    const known = numbers.get(word);
    if (known !== undefined) return known;
    const number = numbers.size;
    numbers.set(word, number);
    texts.add(word);
    learn(word);
    return number;
  };
  return {
    add: (words, slot) => {
      for (let at = 0; at < words.length; at += 1)
        holders.add(numberOf(words[at] as string), slot * 2 + (at === 0 ? 1 : 0));
    },
    mark: (fits, word, [somewhere, begins, first]) => {
      const { begins: from, values } = holders.settled();
      texts.holding(word, (number, isBegin) => {
        const [later, sooner] = isBegin ? [begins, first] : [somewhere, somewhere];
        const end = from[number + 1] as number;
        for (let at = from[number] as number; at < end; at += 1) {
          const held = values[at] as number;
          const slot = held >> 1;
          fits[slot] = (fits[slot] as number) | (held & 1 ? sooner : later);
        }
      });
    },
  };
}

/** Hardly two rows have the same code: each stands by itself with its row. */
function createCodes(): Marked<string> {
  const texts: WordTexts = createWordTexts();
  const slots: number[] = [];
  return {
    add: (code, slot) => {
      texts.add(code);
      slots.push(slot);
    },
    mark: (fits, word, [somewhere, begins]) =>
      texts.holding(word, (number, isBegin) => {
        const slot = slots[number] as number;
        fits[slot] = (fits[slot] as number) | (isBegin ? begins : somewhere);
      }),
  };
}
