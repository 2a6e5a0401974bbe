import type { Language } from '../../schema/protocol/error.ts';
import { createLive, type Live } from '../device/live.ts';
import { isLanguage } from '../i18n/language.ts';
import type { TextStore } from './deps.ts';

const KEY = 'laci.display.language';

/** The language of this browser's customer displays. */
export interface DisplayLanguage {
  /** Null: the till's own. */
  readonly chosen: Live<Language | null>;
  choose(language: Language | null): void;
}

/** Opens the choice that was kept. */
export function openDisplayLanguage(texts: TextStore): DisplayLanguage {
  const kept = texts.getItem(KEY) ?? '';
  const chosen = createLive<Language | null>(isLanguage(kept) ? kept : null);
  return {
    chosen,
    choose: (language) => {
      if (language) texts.setItem(KEY, language);
      else texts.removeItem(KEY);
      chosen.set(language);
    },
  };
}
