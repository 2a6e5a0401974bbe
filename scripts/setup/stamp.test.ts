import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { filesUnder, isStamped, stampOf, writeStamp } from './stamp.mjs';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'laci-stamp-'));
  mkdirSync(join(dir, 'app', 'deep'), { recursive: true });
  writeFileSync(join(dir, 'app', 'b.ts'), 'b');
  writeFileSync(join(dir, 'app', 'deep', 'a.ts'), 'a');
});
afterEach(() => rmSync(dir, { recursive: true }));

const stampOfApp = (facts: string[] = []): string => stampOf(dir, filesUnder(dir, 'app'), facts);

test('[SETUP3] all files below a folder are found, sorted; a file stands for itself, nothing for none', () => {
  expect(filesUnder(dir, 'app')).toEqual(['app/b.ts', 'app/deep/a.ts']);
  expect(filesUnder(dir, 'app/b.ts')).toEqual(['app/b.ts']);
  expect(filesUnder(dir, 'absent')).toEqual([]);
});

test('[SETUP3] a stamp stays when only times change', () => {
  const before = stampOfApp();
  utimesSync(join(dir, 'app', 'b.ts'), 1, 1);
  expect(stampOfApp()).toBe(before);
});

test.each<[string, () => void]>([
  ['changes', () => writeFileSync(join(dir, 'app', 'b.ts'), 'c')],
  ['appears', () => writeFileSync(join(dir, 'app', 'new.ts'), '')],
  ['goes', () => rmSync(join(dir, 'app', 'b.ts'))],
  ['is renamed', () => renameSync(join(dir, 'app', 'b.ts'), join(dir, 'app', 'c.ts'))],
])('[SETUP3] a stamp changes when a file %s', (_what, act) => {
  const before = stampOfApp();
  act();
  expect(stampOfApp()).not.toBe(before);
});

test('[SETUP3] text moved from one file into the next changes the stamp, and so does another fact', () => {
  const before = stampOfApp(['linux']);
  writeFileSync(join(dir, 'app', 'b.ts'), '');
  writeFileSync(join(dir, 'app', 'deep', 'a.ts'), 'ba');
  expect(stampOfApp(['linux'])).not.toBe(before);
  expect(stampOfApp(['linux'])).not.toBe(stampOfApp(['darwin']));
});

test('[SETUP3] work is done again unless its own stamp is there', () => {
  const stampFile = join(dir, '.stamp');
  expect(isStamped(stampFile, 'one')).toBe(false);
  writeStamp(stampFile, 'one');
  expect(isStamped(stampFile, 'one')).toBe(true);
  expect(isStamped(stampFile, 'two')).toBe(false);
});
