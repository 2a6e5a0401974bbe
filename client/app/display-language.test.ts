import { expect, it } from 'vitest';
import { openDisplayLanguage } from './display-language.ts';

it('[DSP4] the display’s language is the till’s until one is chosen, and the choice is kept', () => {
  const kept = new Map<string, string>();
  const texts = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
    removeItem: (key: string) => void kept.delete(key),
  };
  const language = openDisplayLanguage(texts);
  expect(language.chosen.get()).toBeNull();
  language.choose('en');
  expect(language.chosen.get()).toBe('en');
  expect(openDisplayLanguage(texts).chosen.get()).toBe('en');
  language.choose(null);
  expect(openDisplayLanguage(texts).chosen.get()).toBeNull();
  kept.set('laci.display.language', 'xx');
  expect(openDisplayLanguage(texts).chosen.get()).toBeNull();
});
