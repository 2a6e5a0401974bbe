import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeTestFolder } from '../testing/test-deps.ts';
import { keepAs, makePrivate, nameDraft } from './files.ts';

let folder: ReturnType<typeof makeTestFolder>;
const at = (name: string) => join(folder.path, name);
const read = (name: string) => readFileSync(at(name), 'utf8');

beforeEach(() => {
  folder = makeTestFolder();
  writeFileSync(at('draft'), 'whole');
});
afterEach(() => folder.remove());

const fault = (code: string) => () => {
  throw Object.assign(new Error(code), { code });
};

test.each(['EPERM', 'ENOTSUP', 'EISDIR'])(
  '[BACKUP8] on a disk that says %s to a second name a backup gets its name',
  (code) => {
    nameDraft(at('draft'), at('backup.db'), fault(code));
    expect([readdirSync(folder.path), read('backup.db')]).toEqual([['backup.db'], 'whole']);
  },
);

test.each(['EPERM', 'EEXIST'])('[BACKUP3] [BACKUP8] a name that is taken stays its owner’s: %s', (code) => {
  writeFileSync(at('backup.db'), 'precious');
  expect(() => nameDraft(at('draft'), at('backup.db'), fault(code))).toThrow(code);
  expect([read('backup.db'), read('draft')]).toEqual(['precious', 'whole']);
});

test('[BACKUP8] there the replaced database is kept as a copy, and no moment is without it', () => {
  keepAs(at('draft'), at('kept'), fault('EPERM'));
  expect([read('draft'), read('kept')]).toEqual(['whole', 'whole']);
});

test('[BACKUP8] a disk without owners takes a file that cannot be made private; another fault is one', () => {
  makePrivate(at('draft'), fault('EPERM'));
  expect(() => makePrivate(at('draft'), fault('EIO'))).toThrow('EIO');
});
