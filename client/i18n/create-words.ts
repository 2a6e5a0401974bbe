import { type BackendModule, createInstance, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { LANGUAGES, type Language } from '../../schema/protocol/error.ts';
import { isLanguage } from './language.ts';

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

const bundles: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read: (language, _namespace, done) => {
    if (!isLanguage(language)) return done(`The language ${language} has no words.`, false);
    loadWords(language).then(
      (words) => done(null, words),
      (error: Error) => done(error, false),
    );
  },
};

/**
 * The first screen's words of one language; `loadMoreWords` brings the rest, and another language is fetched when it is chosen. Every key is
 * in each, so none falls back to another. Rejects where they do not come: a screen without words is none.
 */
export async function createWords(language: Language): Promise<i18n> {
  const instance = createInstance();
  const { firstWords } = await FIRST_LOADERS[language]();
  await instance
    .use(bundles)
    .use(initReactI18next)
    .init({
      lng: language,
      resources: { [language]: { words: firstWords } },
      partialBundledLanguages: true,
      supportedLngs: LANGUAGES,
      fallbackLng: false,
      defaultNS: 'words',
      ns: ['words'],
      // Of one namespace none is named; words are asked for hundreds of times in a drawing.
      nsSeparator: false,
      // React escapes what it shows.
      interpolation: { escapeValue: false },
      returnNull: false,
      // What is on the screen stays there until the other words have come.
      react: { useSuspense: false },
    });
  addMore = async () => {
    const { moreWords } = await MORE_LOADERS[language]();
    instance.addResourceBundle(language, 'words', moreWords, true, true);
  };
  return instance;
}
