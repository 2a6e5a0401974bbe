import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestDeps, makeTestFolder } from '../../testing/test-deps.ts';
import { LAYOUT_STEPS, LAYOUT_VERSION } from './layouts.ts';
import { openReader, openWriter } from './open-database.ts';
import { openSqliteStore } from './sqlite-store.ts';

let folder: ReturnType<typeof makeTestFolder>;
let file: string;

beforeEach(() => {
  folder = makeTestFolder();
  file = join(folder.path, 'laci.db');
});
afterEach(() => folder.remove());

const DEVICE = '0123456789abcdef';
const ENTRY = `${DEVICE}:0000000001`;

/** A shop as the first released server left it. */
function makeLayout1(): void {
  const database = new Database(file);
  database.exec(LAYOUT_STEPS[0]?.join(';') ?? '');
  database.exec(`
    INSERT INTO epoch VALUES (1, '0123456789abcdef', 5);
    INSERT INTO scope_clock VALUES ('utama', 2, 't');
    INSERT INTO commit_tag VALUES ('utama', 2, 1, 't');
    INSERT INTO device VALUES ('${DEVICE}', 'utama', 'till', 'K1', 3, '{}', 'c', 'secret hash', 7);
    INSERT INTO enrol_code VALUES ('code', 'utama', 'till', 'K1', 9, 0, '${DEVICE}');
    INSERT INTO entry VALUES ('${ENTRY}', '${DEVICE}', 1, 'p', 'h', 'utama', 'sale', 11, '{"a":1}', '${DEVICE}', 12);
    INSERT INTO entry_state VALUES ('${ENTRY}', 'utama', 1, '${DEVICE}', 'accepted', '', 'odd-clock');
    INSERT INTO head VALUES ('${DEVICE}', 1, 'h');
    INSERT INTO document VALUES ('stock', 's', 'utama', 2, 0, NULL, '{}');
  `);
  database.pragma('journal_mode = wal');
  database.pragma('user_version = 1');
  database.close();
}

const versionOf = (path: string) => {
  const database = new Database(path, { readonly: true });
  const version = database.pragma('user_version', { simple: true });
  database.close();
  return version;
};

/** Everything of the old shop, as the new server serves it. */
async function expectServed(): Promise<void> {
  const store = openSqliteStore(file, createTestDeps());
  const served = await store.read(async (tx) => ({
    device: await tx.deviceByCredential('secret hash'),
    entry: await tx.entry(ENTRY as never),
    head: await tx.head(DEVICE as never),
    code: await tx.code('code'),
    tag: await tx.tagAt('utama' as never, 1),
    stock: await tx.document('stock', 's'),
  }));
  expect(served).toMatchObject({
    device: { deviceId: DEVICE, generation: 3, certificate: 'c', enrolledAt: 7, forkOf: null },
    entry: { json: '{"a":1}', signature: '', flags: ['odd-clock'], receivedAt: 12 },
    head: { seq: 1, hash: 'h' },
    code: { usedBy: DEVICE },
    tag: 't',
    stock: { json: '{}' },
  });
  await store.close();
}

test('[F20] a database of layout 1 is brought to the newest, and still serves everything', async () => {
  makeLayout1();
  await expectServed();
  expect(versionOf(file)).toBe(LAYOUT_VERSION);
  await expectServed();
});

test('[F20] [VERIFY1] what was there before entries were signed lacks no signature; what came later does', () => {
  makeLayout1();
  const database = openWriter(file);
  const read = database.prepare("SELECT key, value FROM meta WHERE key LIKE 'unsigned%'");
  expect(read.all()).toEqual([{ key: `unsigned through ${DEVICE}`, value: '1' }]);
  database.close();
});

test('[F20] a copy from before is kept, as it was', () => {
  makeLayout1();
  openWriter(file).close();
  const copy = `${file}.before-${LAYOUT_VERSION}`;
  expect(versionOf(copy)).toBe(1);
  expect(statSync(copy).mode & 0o077).toBe(0);
  const database = openReader(copy);
  expect(database.prepare('SELECT credential_hash FROM device').pluck().all()).toEqual(['secret hash']);
  database.close();
});

/** The layouts that shops out there have. A new one joins them when it is released. */
const RELEASED = [
  'f138ee2af71974a76e4481c636e16d76fc573d1c6a9f3f239808337822064512',
  '0660f625bd3ba8b34d038da37dde91afa9cefb31275cb7d2123bc83ebb3f97a7',
  '2931c59194c99c5b093521a5c86435376698afa3883bf7f6038f7927386987d5',
  'ec486d9143e5f719890ebddf32d95949197ecdd2056429d5b39bbdaeb066b725',
  '83174ad0bba43e180db073f5f49ab7559570cdfd1f02a33fb75a02c420c09bc8',
  '47dcd295c2bf05f47a5fb9c8c12e3791a521f868fce219ee8b3c55babad341f2',
  '1d35d3a7ea0c4d4136e7b642fb321ee8e31b3f3a8fd60436c6b958eae8542953',
];

test('[F20] a step that was released stays what it was, to the last character', () => {
  const hashes = LAYOUT_STEPS.map((step) => createHash('sha256').update(JSON.stringify(step)).digest('hex'));
  expect(hashes.slice(0, RELEASED.length)).toEqual(RELEASED);
});

test('[F20] a new shop leaves no copy behind', () => {
  openWriter(file).close();
  expect(readdirSync(folder.path).filter((name) => name.includes('before'))).toEqual([]);
});

/** Each cut is a migration of its own, with every write waiting for the disk. */
const CUTS_MS_MAX = 120_000;

test('[F20] wherever a migration is cut, the layout is an old one or the new one, and the next start completes it', {
  timeout: CUTS_MS_MAX,
}, async () => {
  makeLayout1();
  const old = join(folder.path, 'old.db');
  renameSync(file, old);
  let cut = 0;
  for (let n = 1; ; n += 1) {
    for (const name of readdirSync(folder.path)) if (name.startsWith('laci.db')) rmFile(name);
    copyFileSync(old, file);
    let left = n;
    const beforeStatement = (): void => {
      left -= 1;
      if (left === 0) throw new Error('the power is gone');
    };
    let failed = false;
    try {
      openWriter(file, { beforeStatement }).close();
    } catch (error) {
      failed = true;
      expect(String(error)).toContain('the power is gone');
      expect(versionOf(file)).toBeLessThan(LAYOUT_VERSION);
    }
    await expectServed();
    if (!failed) break;
    cut += 1;
  }
  expect(cut).toBeGreaterThanOrEqual(LAYOUT_STEPS.slice(1).flat().length);
});

test('[F20] what only grew still only grows, and references still hold', () => {
  makeLayout1();
  const database = openWriter(file);
  expect(() => database.exec(`UPDATE entry SET json = '{}'`)).toThrow('only grows');
  expect(() => database.exec('DELETE FROM entry')).toThrow('only grows');
  expect(() => database.exec(`INSERT INTO head VALUES ('nobody', 1, 'h', 0)`)).toThrow('FOREIGN KEY');
  expect(database.pragma('foreign_keys', { simple: true })).toBe(1);
  database.close();
});

test('[STORE11] a newer layout is not touched, and no copy is made', () => {
  makeLayout1();
  const newer = new Database(file);
  newer.pragma(`user_version = ${LAYOUT_VERSION + 1}`);
  newer.close();
  expect(() => openWriter(file)).toThrow(`layout ${LAYOUT_VERSION + 1}`);
  expect(existsSync(`${file}.before-${LAYOUT_VERSION}`)).toBe(false);
  expect(versionOf(file)).toBe(LAYOUT_VERSION + 1);
});

function rmFile(name: string): void {
  rmSync(join(folder.path, name));
}
