import { grown, ROOM } from './number-groups.ts';

/** Words one behind the other in one text: the engine looks through one long text many times faster than through one word after the other. */
export interface WordTexts {
  /** A word without a space; it gets the next number, from 0. */
  add(word: string): void;
  /** Tells of each word that holds this text anywhere, in order, and whether it begins with it. `text` has no space, and is not empty. */
  holding(text: string, tell: (word: number, isBegin: boolean) => void): void;
}

const BETWEEN = ' ';

export function createWordTexts(): WordTexts {
  let whole = '';
  let length = 0;
  let added: string[] = [];
  /** Where the space behind each word is. */
  let ends = new Uint32Array(ROOM);
  let words = 0;
  const join = () => {
    if (added.length > 0) whole += added.join(BETWEEN) + BETWEEN;
    added = [];
  };
  return {
    add: (word) => {
      added.push(word);
      length += word.length + 1;
      if (words === ends.length) ends = grown(ends);
      ends[words] = length - 1;
      words += 1;
    },
    holding: (text, tell) => {
      join();
      let word = 0;
      for (let at = whole.indexOf(text); at !== -1; at = whole.indexOf(text, ends[word])) {
        while ((ends[word] as number) < at) word += 1;
        tell(word, at === 0 || ends[word - 1] === at - 1);
      }
    },
  };
}
