import { useTranslation } from 'react-i18next';
import type { Language } from '../../schema/protocol/error.ts';
import { LANGUAGE_KEY } from '../i18n/language.ts';
import { useDeps } from './contexts.ts';

/** Changes the language of every screen and remembers it. */
export function useSetLanguage(): (language: Language) => void {
  const { i18n } = useTranslation();
  const { texts } = useDeps();
  return (language) => {
    texts.setItem(LANGUAGE_KEY, language);
    // Where its words do not come, what is on the screen stays, and it is there after the next start.
    i18n.changeLanguage(language).catch(() => undefined);
  };
}
