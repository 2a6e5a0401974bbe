import { useEffect } from 'react';
import type { DisplayState } from './display-state.ts';

/** Colours as the till has them; `auto` follows this screen's system. */
export function useScheme(scheme: DisplayState['scheme']): void {
  useEffect(() => {
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const apply = () => {
      const shown = scheme === 'auto' ? (dark.matches ? 'dark' : 'light') : scheme;
      document.documentElement.dataset.mantineColorScheme = shown;
      document.documentElement.style.colorScheme = shown;
    };
    apply();
    dark.addEventListener('change', apply);
    return () => dark.removeEventListener('change', apply);
  }, [scheme]);
}
