import { type BackendModule, createInstance, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { LANGUAGES, type Language } from '../../schema/protocol/error.ts';
import { isLanguage } from './language.ts';

/** Each language comes in a bundle of its own: nobody waits for the words that they do not read. */
const LOADERS = {
  en: () => import('./en/words.ts'),
  id: () => import('./id/words.ts'),
} as const;

/** Fetches the words of all languages, so that a change of language asks no network. */
export async function loadAllWords(): Promise<void> {
  await Promise.all(LANGUAGES.map((language) => LOADERS[language]()));
}

const bundles: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read: (language, _namespace, done) => {
    if (!isLanguage(language)) return done(`The language ${language} has no words.`, false);
    LOADERS[language]().then(
      ({ words }) => done(null, words),
      (error: Error) => done(error, false),
    );
  },
};

/**
 * The words of one language; another is fetched when it is chosen. Every key is in each, so none falls back to another. Rejects where they do
 * not come: a screen without words is none.
 */
export async function createWords(language: Language): Promise<i18n> {
  const instance = createInstance();
  const { words } = await LOADERS[language]();
  await instance
    .use(bundles)
    .use(initReactI18next)
    .init({
      lng: language,
      resources: { [language]: { words } },
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
  return instance;
}
