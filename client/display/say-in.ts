import type { Language } from '../../schema/protocol/error.ts';
import { display as en } from '../i18n/en/display.ts';
import { display as id } from '../i18n/id/display.ts';

const WORDS: Readonly<Record<Language, Readonly<Record<string, string>>>> = { en, id };

/** Says a word of the display by its key, e.g. `display.total`; with a count the form of one or of many. */
export type SayWord = (key: `display.${string}`, count?: number) => string;

/** The same words as the app's, without its machinery: a display starts at once. */
export const sayIn = (language: Language): SayWord => SAY[language];

const SAY: Readonly<Record<Language, SayWord>> = { en: sayerOf('en'), id: sayerOf('id') };

function sayerOf(language: Language): SayWord {
  return (key, count) => {
    const word = key.slice('display.'.length) + (count === undefined ? '' : count === 1 ? '_one' : '_other');
    return (WORDS[language][word] ?? '').replace('{{count}}', String(count));
  };
}
