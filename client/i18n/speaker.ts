import type { Language } from '../../schema/protocol/error.ts';

/** Words as they are written: texts, and groups of them. */
export interface WordTree {
  readonly [name: string]: string | WordTree;
}

/** What fills the places of a text. `count` also chooses between its forms of one and of many. */
export type PlaceValues = Readonly<Record<string, unknown>>;

/** Gives the text of a key with its places filled; the key itself where there is none. */
export type Speak = (key: string, values?: PlaceValues) => string;

export interface Speaker {
  language(): Language;
  speak: Speak;
  exists(key: string): boolean;
  /** More words of a language; those that were there stay. */
  add(language: Language, words: object): void;
  /** Speaks another language from now on, once its words have come; the last one asked for stands. Rejects where they do not come, and goes on as before. */
  change(language: Language): Promise<void>;
  /** Hears of each change of language. */
  onChange(act: () => void): () => void;
}

/** `{{count}}` as it is given, `{{count, number}}` as the language writes numbers. */
const PLACE = /\{\{(\w+)(, number)?\}\}/g;

/** Speaks one language at a time; `load` brings all words of another. */
export function createSpeaker(first: Language, load: (language: Language) => Promise<object>): Speaker {
  const textsOf = new Map<Language, Map<string, string>>();
  const listeners = new Set<() => void>();
  let now = first;
  let asked = 0;
  let formOf = new Intl.PluralRules(now);
  let numbers = new Intl.NumberFormat(now);
  const texts = (language: Language) => {
    const held = textsOf.get(language) ?? new Map<string, string>();
    textsOf.set(language, held);
    return held;
  };
  const find = (key: string, count: unknown) => {
    const form = typeof count === 'number' ? texts(now).get(`${key}_${formOf.select(count)}`) : undefined;
    return form ?? texts(now).get(key);
  };
  return {
    language: () => now,
    speak: (key, values = {}) => {
      const text = find(key, values.count);
      if (text === undefined) return key;
      return text.replace(PLACE, (place, name: string, asNumber?: string) => {
        if (!(name in values)) return place;
        return asNumber ? numbers.format(values[name] as number) : String(values[name] ?? '');
      });
    },
    exists: (key) => texts(now).has(key),
    add: (language, words) => collect(words as WordTree, '', texts(language)),
    change: async (language) => {
      asked += 1;
      const own = asked;
      const words = await load(language);
      collect(words as WordTree, '', texts(language));
      if (own !== asked || language === now) return;
      now = language;
      formOf = new Intl.PluralRules(now);
      numbers = new Intl.NumberFormat(now);
      for (const act of [...listeners]) act();
    },
    onChange: (act) => {
      listeners.add(act);
      return () => listeners.delete(act);
    },
  };
}

/** Every text by its whole key. */
function collect(words: WordTree, path: string, into: Map<string, string>): void {
  for (const [name, value] of Object.entries(words)) {
    if (typeof value === 'string') into.set(`${path}${name}`, value);
    else collect(value, `${path}${name}.`, into);
  }
}
