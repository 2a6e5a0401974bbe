import type { i18n } from 'i18next';
import { LANGUAGES, type Language } from '../../schema/protocol/error.ts';
import { asI18n } from './as-i18n.ts';
import { createSpeaker } from './speaker.ts';

/** Each language comes in bundles of its own, the first screen's words in one of them: nobody waits for words that they do not read. */
const FIRST_LOADERS = {
  en: () => import('./en/first-words.ts'),
  id: () => import('./id/first-words.ts'),
} as const;
const MORE_LOADERS = {
  en: () => import('./en/more-words.ts'),
  id: () => import('./id/more-words.ts'),
} as const;

async function loadWords(language: Language): Promise<object> {
  const [{ firstWords }, { moreWords }] = await Promise.all([FIRST_LOADERS[language](), MORE_LOADERS[language]()]);
  return { ...firstWords, ...moreWords };
}

let addMore = async (): Promise<void> => undefined;

/** Settles when a page that began with the first screen's words has all others; whatever else speaks waits for it. Rejects where they do not come. */
export function loadMoreWords(): Promise<void> {
  return addMore();
}

/** Fetches the words of all languages, so that a change of language asks no network. */
export async function loadAllWords(): Promise<void> {
  await Promise.all(LANGUAGES.map(loadWords));
}

/**
 * The first screen's words of one language; `loadMoreWords` brings the rest, and another language is fetched when it is chosen. Every key is
 * in each, so none falls back to another. Rejects where they do not come: a screen without words is none.
 */
export async function createWords(language: Language): Promise<i18n> {
  const speaker = createSpeaker(language, loadWords);
  speaker.add(language, (await FIRST_LOADERS[language]()).firstWords);
  let adding: Promise<void> | null = null;
  addMore = () => {
    // Each part that comes later asks for them: they are taken in once.
    adding ??= MORE_LOADERS[language]().then(
      ({ moreWords }) => speaker.add(language, moreWords),
      (error: unknown) => {
        adding = null;
        throw error;
      },
    );
    return adding;
  };
  return asI18n(speaker);
}
