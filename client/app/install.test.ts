import { expect, it } from 'vitest';
import { installLater, isInstallOffered } from './install.ts';

it('[ABLE4] installing is offered once where the browser can ask, and not again after "not now"', () => {
  const kept = new Map<string, string>();
  const texts = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
    removeItem: (key: string) => void kept.delete(key),
  };
  expect(isInstallOffered('ask', texts)).toBe(true);
  for (const state of ['by-hand', 'done', 'no'] as const) expect(isInstallOffered(state, texts)).toBe(false);
  installLater(texts);
  expect(isInstallOffered('ask', texts)).toBe(false);
});
