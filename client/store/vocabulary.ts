import type { Timers } from '../device/device-deps.ts';
import { createRowWords, type RowWords, type WordedRow } from './row-words.ts';
import { withinOneSlip } from './search-text.ts';
import { createSlices } from './slices.ts';

/** What search knows of all rows: the words of each, and all different words of names, for forgiving a slip. */
export interface Vocabulary {
  /** Takes the words of these rows in, a moment later and a slice at a time. */
  add(rows: readonly WordedRow[]): void;
  /** The same anew, with all rows as they are then. */
  begin(): void;
  /** The words of all rows, of those too that were still waiting. */
  rowWords(): RowWords;
  /** Known words that `word` may have meant: it begins them, or is one slip away. */
  like(word: string): readonly string[];
  stop(): void;
}

/** Shorter words are too many to forgive a slip in. */
const SLIP_WORD_LENGTH_MIN = 4;
/** Rows taken in at once: about two milliseconds. */
const SLICE_ROWS = 500;
/** Words that one word may have meant: with more of them it says too little. */
const LIKE_MAX = 20;
/** So many rows more than twice those there were, and all are taken in anew: those that became others are forgotten. */
const MORE_ROWS_MAX = 10_000;

/**
 * `all` gives all rows, once `makeSome`, which makes some more of them, says that all had been made. Words are kept by their first letter: who slips
 * there finds nothing.
 */
export function createVocabulary(
  timers: Timers,
  all: () => Iterable<WordedRow>,
  makeSome: () => boolean = () => false,
): Vocabulary {
  let byLetter = new Map<string, string[]>();
  const learn = (word: string) => addWord(byLetter, word);
  let rowWords = createRowWords(learn);
  let rowsMax = MORE_ROWS_MAX;
  const slices = createSlices(timers, SLICE_ROWS, (row: WordedRow) => rowWords.take(row), makeSome);
  const allRows = () => {
    const rows = [...all()];
    rowsMax = rows.length * 2 + MORE_ROWS_MAX;
    return rows;
  };
  const begin = () => {
    byLetter = new Map();
    rowWords = createRowWords(learn);
    slices.begin(allRows);
  };
  return {
    begin,
    add: (rows) => {
      if (rowWords.rows.length > rowsMax) begin();
      else slices.add(rows);
    },
    rowWords: () => {
      slices.finish();
      return rowWords;
    },
    like: (word) => likeWords(byLetter.get(word[0] ?? '') ?? [], word),
    stop: slices.stop,
  };
}

function addWord(byLetter: Map<string, string[]>, word: string): void {
  const letter = word[0];
  if (letter === undefined) return;
  const words = byLetter.get(letter);
  if (words) words.push(word);
  else byLetter.set(letter, [word]);
}

/** A word that is still being typed is compared with as much of the known one. */
function likeWords(known: readonly string[], word: string): string[] {
  const found: string[] = [];
  for (const said of known) {
    if (found.length >= LIKE_MAX) break;
    if (said.startsWith(word) || isSlipOf(word, said)) found.push(said);
  }
  return found;
}

function isSlipOf(word: string, said: string): boolean {
  if (word.length < SLIP_WORD_LENGTH_MIN) return false;
  return withinOneSlip(word, said) || withinOneSlip(word, said.slice(0, word.length));
}
