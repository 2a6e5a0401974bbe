import { createInstance, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '../../schema/protocol/error.ts';
import { words as en } from './en/words.ts';
import { words as id } from './id/words.ts';

/** The words of both languages, ready at once: nothing is fetched, so that an offline start speaks too. */
export async function createWords(language: Language): Promise<i18n> {
  const instance = createInstance();
  await instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { words: en }, id: { words: id } },
    defaultNS: 'words',
    ns: ['words'],
    // Of one namespace none is named; words are asked for hundreds of times in a drawing.
    nsSeparator: false,
    // React escapes what it shows.
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  return instance;
}
