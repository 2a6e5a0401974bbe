import { LANGUAGES, type Language } from '../../schema/protocol/error.ts';

/** Where the chosen language is kept, for all tills of this browser. */
export const LANGUAGE_KEY = 'laci.language';

/** The name of each language in itself. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', id: 'Bahasa Indonesia' };

/** The language to begin with: what was chosen here before, else the browser's first one that Laci speaks, else English. */
export function firstLanguage(saved: string | null, preferred: readonly string[]): Language {
  const wanted = [saved ?? '', ...preferred].map((tag) => tag.toLowerCase().split('-')[0] ?? '');
  // Java's old code for Indonesian is still sent by some Android browsers.
  const known = wanted.map((tag) => (tag === 'in' ? 'id' : tag)).find(isLanguage);
  return known ?? 'en';
}

export function isLanguage(tag: string): tag is Language {
  return (LANGUAGES as readonly string[]).includes(tag);
}
