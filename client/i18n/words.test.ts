import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { words as en } from './en/words.ts';
import { words as id } from './id/words.ts';
import { firstLanguage } from './language.ts';

const clientFolder = join(import.meta.dirname, '..');

function leaves(node: object, path = ''): Map<string, string> {
  const found = Object.entries(node).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value] as const] : [...leaves(value as object, `${path}${key}.`)],
  );
  return new Map(found);
}

function screenSources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/(^|\/)(i18n|e2e|node_modules)\/|\.test\./.test(name))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}

const placeholders = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).sort();
const english = leaves(en);
const indonesian = leaves(id);

describe('words', () => {
  it('[LANG1] both languages have exactly the same keys', () => {
    expect([...indonesian.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('[LANG1] the same places are filled in both languages', () => {
    for (const [key, text] of english)
      expect([key, placeholders(indonesian.get(key) ?? '')]).toEqual([key, placeholders(text)]);
  });

  it('[LANG1] no text is empty, in either language', () => {
    for (const text of [...english.values(), ...indonesian.values()]) expect(text.trim()).not.toBe('');
  });

  it('[LANG2] every key that a screen uses exists', () => {
    const literal = /\bt\(\s*'([\w.-]+)'/g;
    const used = screenSources(clientFolder).flatMap((source) =>
      [...source.matchAll(literal)].map((match) => match[1] ?? ''),
    );
    const missing = used.filter((key) => !english.has(key) && !english.has(`${key}_other`));
    expect(used.length).toBeGreaterThan(50);
    expect(missing).toEqual([]);
  });

  it('[LANG2] every key is used by a screen', () => {
    const sources = screenSources(clientFolder).join('\n');
    const families = [...sources.matchAll(/`([\w.-]+[._])\$\{/g)].map((match) => match[1] ?? '');
    const unused = [...english.keys()].filter((key) => {
      const plain = key.replace(/_(one|other)$/, '');
      return !sources.includes(`'${plain}'`) && !families.some((family) => plain.startsWith(family));
    });
    expect(unused).toEqual([]);
  });
});

describe('firstLanguage', () => {
  it('[LANG3] takes the saved language, then the browser’s, then English', () => {
    expect(firstLanguage('id', ['en-GB'])).toBe('id');
    expect(firstLanguage(null, ['de', 'id-ID', 'en'])).toBe('id');
    expect(firstLanguage(null, ['in-ID'])).toBe('id');
    expect(firstLanguage('xx', ['fr'])).toBe('en');
  });
});
