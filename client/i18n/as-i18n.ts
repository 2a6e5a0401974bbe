import type { i18n } from 'i18next';
import { LANGUAGES } from '../../schema/protocol/error.ts';
import { isLanguage } from './language.ts';
import type { Speaker } from './speaker.ts';

/** One namespace, of which none speaks. */
const WORDS = 'words';

/**
 * A speaker as react-i18next knows i18next's instance: as much of it as react-i18next asks for, and what our screens ask for. Types and hooks are
 * theirs; of i18next's program, which is 16 kB in every first load, a page needs none.
 */
export function asI18n(speaker: Speaker): i18n {
  const t = (key: string, values?: object) => speaker.speak(key, values as Record<string, unknown>);
  const instance = {
    isInitialized: true,
    options: {
      ns: [WORDS],
      defaultNS: WORDS,
      // What is on the screen stays there until the other words have come.
      react: { useSuspense: false },
    },
    languages: LANGUAGES,
    get language() {
      return speaker.language();
    },
    get resolvedLanguage() {
      return speaker.language();
    },
    hasLoadedNamespace: () => true,
    t,
    /** Another one for each language: what React remembers of the texts is no longer true. */
    getFixedT: () => (key: string, values?: object) => t(key, values),
    exists: speaker.exists,
    changeLanguage: async (language: string) => {
      if (isLanguage(language)) await speaker.change(language);
      return t;
    },
    on: (_event: string, act: () => void) => void stops.set(act, speaker.onChange(act)),
    off: (_event: string, act: () => void) => {
      stops.get(act)?.();
      stops.delete(act);
    },
  };
  const stops = new Map<() => void, () => void>();
  return instance as unknown as i18n;
}
