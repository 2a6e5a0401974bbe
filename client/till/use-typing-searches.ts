import { useLayoutEffect } from 'react';
import { isField } from '../app/use-shell-keys.ts';

/** Typing anywhere on a screen goes to its search field. */
export function useTypingSearches(): void {
  // Before the screen is painted: no key is lost between seeing it and its listening.
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const isShortcut = event.ctrlKey || event.altKey || event.metaKey;
      if (!isShortcut && !isField(event.target) && !document.querySelector('[role="dialog"]')) focusSearch(event);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}

/** The character itself arrives in the field, because the focus moves before it is written. */
export function focusSearch(event: KeyboardEvent): void {
  if (/^[\p{L}\p{N}]$/u.test(event.key)) document.querySelector<HTMLElement>('[data-search-field]')?.focus();
}
