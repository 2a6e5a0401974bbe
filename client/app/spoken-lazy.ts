import { type ComponentType, lazy } from 'react';
import { loadMoreWords } from '../i18n/create-words.ts';

/** A screen in a bundle of its own, there when its words are. */
export function spokenLazy<Props extends object>(load: () => Promise<{ readonly default: ComponentType<Props> }>) {
  return lazy(async () => {
    const [screen] = await Promise.all([load(), loadMoreWords()]);
    return screen;
  });
}
