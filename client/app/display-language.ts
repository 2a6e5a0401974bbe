import type { Language } from '../../schema/protocol/error.ts';
import { isLanguage } from '../i18n/language.ts';
import type { TextStore } from './deps.ts';

const KEY = 'laci.display.language';

/** The language of the customer display: its own where one was chosen, else that of this till. */
export function displayLanguage(texts: TextStore, own: Language): Language {
  return chosenDisplayLanguage(texts) ?? own;
}

/** Null: as this till's. */
export function chosenDisplayLanguage(texts: TextStore): Language | null {
  const chosen = texts.getItem(KEY) ?? '';
  return isLanguage(chosen) ? chosen : null;
}

export function chooseDisplayLanguage(texts: TextStore, language: Language | null): void {
  if (language) texts.setItem(KEY, language);
  else texts.removeItem(KEY);
}
