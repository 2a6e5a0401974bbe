import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { words as en } from '../i18n/en/words.ts';
import { isKey, KEY_PLACES, KEYS, type KeyAct, keyIndex, keyLabels, type PressedKey } from './keys.ts';

const CLIENT = join(import.meta.dirname, '..');
const acts = Object.keys(KEYS) as KeyAct[];
/** Where characters are read, whichever they are: a scanner's, a PIN's, and what typing anywhere searches for. */
const READS_CHARACTERS = ['app/pin-pad.tsx', 'till/use-scanner.ts', 'till/use-typing-searches.ts'];

const press = (key: string, more: Partial<PressedKey> = {}): PressedKey => ({
  key,
  code: '',
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  ...more,
});

function sources(): ReadonlyMap<string, string> {
  const paths = globSync('{app,till,office,inspector,ui}/**/*.{ts,tsx}', { cwd: CLIENT });
  const own = paths.filter((path) => !path.includes('.test.') && !/^app\/keys(-help)?\.tsx?$/.test(path));
  return new Map(own.map((path) => [path, readFileSync(join(CLIENT, path), 'utf8')]));
}

describe('the table of keys', () => {
  it('[KEY1] each key has a text, each text a key, and a place in the help', () => {
    expect(Object.keys(en.keys.act).sort()).toEqual([...acts].sort());
    expect(Object.keys(en.keys.place).sort()).toEqual([...KEY_PLACES].sort());
  });

  it('[KEY1] each key has a handler, but for those of buttons and windows', () => {
    const code = [...sources().values()].join('\n');
    const handled = new Set([...code.matchAll(/\b(?:isKey|keyIndex)\('(\w+)'/g)].map(([, act]) => act));
    const left = acts.filter((act) => !handled.has(act) && !('by' in KEYS[act]));
    expect(left).toEqual([]);
    expect([...handled].filter((act) => !acts.includes(act as KeyAct))).toEqual([]);
  });

  it('[KEY1] no screen listens for a key that is not in the table', () => {
    const names = /\b(?:event|pressed)\.(?:key|code)\b/;
    const beside = [...sources()].filter(([path, code]) => names.test(code) && !READS_CHARACTERS.includes(path));
    expect(beside.map(([path]) => path)).toEqual([]);
  });

  it('[KEY1] no two acts of one place have the same key', () => {
    const named = acts.flatMap((act) => KEYS[act].keys.map((key) => `${KEYS[act].place} ${key}`));
    expect(named.filter((key, index) => named.indexOf(key) !== index)).toEqual([]);
  });
});

describe('isKey', () => {
  it('[KEY2] takes a key with exactly its modifiers', () => {
    expect(isKey('pay', press('F4'))).toBe(true);
    expect(isKey('pay', press('F4', { altKey: true }))).toBe(false);
    expect(isKey('lock', press('l', { altKey: true }))).toBe(true);
    expect(isKey('lock', press('l'))).toBe(false);
    expect(isKey('undo', press('z', { metaKey: true }))).toBe(true);
    expect(isKey('undo', press('Z', { ctrlKey: true, shiftKey: true }))).toBe(false);
  });

  it('[KEY2] takes a character as it was written, with Shift or without', () => {
    expect(isKey('help', press('?', { shiftKey: true }))).toBe(true);
    expect(isKey('more', press('+', { shiftKey: true }))).toBe(true);
    expect(isKey('more', press('='))).toBe(true);
    expect(isKey('search', press('/', { ctrlKey: true }))).toBe(false);
  });

  it('[KEY2] finds a digit by its key, whatever Shift writes with it', () => {
    expect(keyIndex('pages', press('!', { code: 'Digit1', altKey: true, shiftKey: true }))).toBe(0);
    expect(keyIndex('pages', press('8', { altKey: true, shiftKey: true }))).toBe(7);
    expect(keyIndex('areas', press('3', { altKey: true }))).toBe(2);
    expect(keyIndex('areas', press('3', { altKey: true, shiftKey: true }))).toBe(-1);
  });

  it('[KEY2] writes keys for people', () => {
    expect(keyLabels(KEYS.pages.keys)).toEqual(['Alt+Shift+1', '…', 'Alt+Shift+9']);
    expect(keyLabels(KEYS.tender.keys)).toEqual(['F6', 'F7', 'F8', 'F9']);
    expect(keyLabels(KEYS.toProducts.keys)).toEqual(['↓']);
    expect(keyLabels(KEYS.areas.keys)).toEqual(['Alt+1', 'Alt+2', 'Alt+3']);
  });
});
