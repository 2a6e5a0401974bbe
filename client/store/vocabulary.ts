import type { Cancel, Timers } from '../device/device-deps.ts';
import { withinOneSlip } from './search-text.ts';

/** What has a name as search compares it, made when it is asked for. */
interface Named {
  readonly name: string;
}

/** The words of all product names, for forgiving a slip. */
export interface Vocabulary {
  /** Takes the words of these rows' names in, a moment later and a slice at a time, so that neither a start nor a screen waits for it. */
  add(rows: readonly Named[]): void;
  /** The same with rows that are asked for then. */
  begin(rows: () => Iterable<Named>): void;
  /** Known words that `word` may have meant: it begins them, or is one slip away. */
  like(word: string): readonly string[];
  stop(): void;
}

/** Shorter words are too many to forgive a slip in. */
const SLIP_WORD_LENGTH_MIN = 4;
/** Names taken in at once: about two milliseconds. */
const SLICE_NAMES = 1_000;
/** So long no new names: a start and a first pull have other things to do; nobody has slipped in so short a time. */
const BEGIN_MS = 250;
/** Words that one word may have meant: with more of them it says too little. */
const LIKE_MAX = 20;

/** Words are kept by their first letter: who slips there finds nothing. Words that went out of use stay; they lead to no row. */
export function createVocabulary(timers: Timers): Vocabulary {
  const byLetter = new Map<string, Set<string>>();
  let waiting: (readonly Named[])[] = [];
  let unread: (() => Iterable<Named>) | null = null;
  let cancel: Cancel = () => undefined;
  const slice = (rows: readonly Named[]) => {
    for (let at = 0; at < rows.length; at += SLICE_NAMES) waiting.push(rows.slice(at, at + SLICE_NAMES));
  };
  const takeSlice = () => {
    if (unread) slice([...unread()]);
    unread = null;
    for (const { name } of waiting.shift() ?? []) {
      for (const word of name.split(' ')) addWord(byLetter, word);
    }
    if (waiting.length > 0) cancel = timers.after(0, takeSlice);
  };
  return {
    add: (rows) => {
      if (rows.length === 0) return;
      slice(rows);
      cancel();
      cancel = timers.after(BEGIN_MS, takeSlice);
    },
    begin: (rows) => {
      unread = rows;
      cancel();
      cancel = timers.after(BEGIN_MS, takeSlice);
    },
    like: (word) => likeWords(byLetter.get(word[0] ?? '') ?? new Set(), word),
    stop: () => {
      cancel();
      unread = null;
      waiting = [];
    },
  };
}

function addWord(byLetter: Map<string, Set<string>>, word: string): void {
  const letter = word[0];
  if (letter === undefined) return;
  const words = byLetter.get(letter) ?? new Set();
  words.add(word);
  byLetter.set(letter, words);
}

/** A word that is still being typed is compared with as much of the known one. */
function likeWords(known: ReadonlySet<string>, word: string): string[] {
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
