import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeBackup } from '../backup/make-backup.ts';
import { restoreBackup } from '../backup/restore-backup.ts';
import type { Core } from '../core/core.ts';
import { openCore } from '../core/open-core.ts';
import { pull } from '../core/pull.ts';
import { openSegment } from '../store/sqlite/segment.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import { openBusyShop } from '../testing/busy-shop.ts';
import { makeTestFolder } from '../testing/test-deps.ts';
import { createTestJournal } from '../testing/test-device.ts';
import { startTestServer } from '../testing/test-http.ts';
import { pushRows } from '../testing/test-push.ts';
import type { TestEnrolment, TestShop } from '../testing/test-shop.ts';
import { verifyDatabase } from '../verify/verify-database.ts';
import { archiveEntries } from './archive-entries.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const COFFEE = 'coffee' as never;
const OLD = 60;

let shop: TestShop;
let core: Core;
let manager: TestEnrolment;
/** What a fresh office pulls, before anything was archived. */
let whole: readonly string[];

beforeEach(async () => {
  shop = await openBusyShop();
  core = shop.core;
  const till = await shop.enrol('till', 'K5');
  manager = await shop.enrol('manager', 'M5');
  const journal = createTestJournal(till);
  const sell = (count: number) =>
    pushRows(
      core,
      till,
      Array.from({ length: count }, () => journal.sell(COFFEE, 1)),
    );
  await sell(OLD);
  shop.deps.passTime(800 * DAY_MS);
  await sell(20);
  whole = await pullAll();
  await core.store.close();
});
afterEach(async () => {
  await core.store.close();
  await shop.close();
});

const archiveDir = () => join(shop.dataDir, 'archive');
const file = () => join(shop.dataDir, 'laci.db');
const day = () => shop.deps.now() - 730 * DAY_MS;
const pullAll = async () => {
  const request = { collection: 'branchJournal', checkpoint: undefined, limit: 5000 } as const;
  return (await pull(core, manager.stored, request)).documents;
};
const archive = () => {
  const archived = archiveEntries(shop.dataDir, day(), shop.deps);
  if (!archived.ok) throw new Error(archived.error);
  return archived.value;
};
const open = async () => {
  core = await openCore(shop.dataDir, shop.deps);
};
const wrongIn = (database: string) => verifyDatabase(database, { verify: shop.deps.verify }).findings;
const segmentPath = () => join(archiveDir(), readdirSync(archiveDir()).find((name) => name.endsWith('.db')) ?? '');

const STEPS = ['write', 'sync', 'compare', 'name', 'begin', 'half', 'commit', 'committed', 'shrink'];

test('[ARCHIVE3] killed before any of its steps, everything is readable and whole, and the next run goes on', async () => {
  const script = join(import.meta.dirname, '..', 'testing', 'archive-until.ts');
  const folder = makeTestFolder();
  copyFileSync(file(), join(folder.path, 'laci.db'));
  const archivedAfter: boolean[] = [];
  for (const step of STEPS) {
    const args = [script, shop.dataDir, day(), shop.deps.now(), step].map(String);
    expect(spawnSync(process.execPath, args).signal).toBe('SIGKILL');
    await open();
    expect(await pullAll()).toEqual(whole);
    await core.store.close();
    archivedAfter.push(isArchived());
    expect(archive().entries).toBe(isArchivedBy(step) ? 0 : whole.length - 20 + othersCount());
    expect(wrongIn(file())).toEqual([]);
    for (const end of ['-wal', '-shm']) rmSync(`${file()}${end}`, { force: true });
    copyFileSync(join(folder.path, 'laci.db'), file());
  }
  folder.remove();
  expect(archivedAfter).toEqual(STEPS.map(isArchivedBy));
}, 60_000);

const isArchivedBy = (step: string) => ['committed', 'shrink'].includes(step);
const isArchived = () => query<number>("SELECT count(*) FROM entry WHERE json GLOB '@*'") > 0;
/** Entries that the manager does not pull: those of the other branch. */
const othersCount = () => query<number>("SELECT count(*) FROM entry WHERE scope <> 'utama'");

function query<Value>(sql: string): Value {
  const database = new Database(file(), { readonly: true });
  const value = database.prepare<[], Value>(sql).pluck().get();
  database.close();
  return value as Value;
}

/** An archived text as the file gives it now; null where it gives none. */
function readAnew(path: string, id: string): string | null {
  const segment = openSegment(path);
  try {
    return segment.read(id);
  } catch {
    return null;
  } finally {
    segment.close();
  }
}

test('[ARCHIVE4] [I6] a changed byte of an archived text is found and its entry named; so is any other of a segment', () => {
  archive();
  const path = segmentPath();
  const bytes = readFileSync(path);
  const segment = new Database(path, { readonly: true });
  const texts = segment.prepare<[], { id: string; packed: Buffer }>('SELECT id, packed FROM text ORDER BY id').all();
  segment.close();
  const flip = (...places: number[]) => {
    const flipped = Buffer.from(bytes);
    for (const at of new Set(places)) flipped[at] = (flipped[at] ?? 0) ^ 0x10;
    writeFileSync(path, flipped);
  };
  for (const { id, packed } of texts.filter((_, index) => index % 15 === 3)) {
    const text = readAnew(path, id);
    // Where pages were divided an older copy may lie in what is free; and a text looks back at others, some of which are the same.
    const copies = [bytes.indexOf(packed), bytes.lastIndexOf(packed)];
    for (let at = 8; at < packed.length && readAnew(path, id) === text; at += 1)
      flip(...copies.map((from) => from + at));
    expect(readAnew(path, id)).not.toBe(text);
    const found = wrongIn(file());
    expect(found[0]).toMatchObject({ table: 'archive' });
    expect(new Set(found.flatMap((finding) => (finding.table === 'entry' ? [finding.id] : [])))).toEqual(new Set([id]));
    writeFileSync(path, bytes);
  }
  for (let at = 7; at < bytes.length; at += Math.floor(bytes.length / 6)) {
    flip(at);
    expect(wrongIn(file())[0]).toMatchObject({ table: 'archive', id: expect.stringMatching(/^[0-9a-f]{16}$/) });
  }
  writeFileSync(path, bytes);
  expect(wrongIn(file())).toEqual([]);
});

test('[ARCHIVE4] a segment that is not there is named, its texts are asked for in vain, and the rest is served', async () => {
  archive();
  const path = segmentPath();
  renameSync(path, join(shop.dataDir, 'elsewhere.db'));
  const found = wrongIn(file());
  expect(found[0]).toMatchObject({ table: 'archive' });
  expect(found.some(({ table, what }) => table === 'entry' && what.includes('is not there'))).toBe(true);
  await open();
  const server = await startTestServer({ ...shop, core });
  const ask = (name: string) => server.ask(`/sync/v1/${name}/pull?limit=5000`, { credential: manager.credential });
  expect([(await ask('branchJournal')).status, (await ask('products')).status]).toEqual([503, 200]);
  expect(core.health.damage()).toContain('archive');
  await server.close();
  renameSync(join(shop.dataDir, 'elsewhere.db'), path);
  expect(await pullAll()).toEqual(whole);
});

const backUp = (to: string) => {
  const made = makeBackup(shop.dataDir, to, shop.deps);
  if (!made.ok) throw new Error(made.error);
  return made.value.file;
};

test('[ARCHIVE5] a backup carries the segments once, and a restore into an empty folder brings them back', async () => {
  archive();
  const there = makeTestFolder();
  backUp(join(there.path, 'one.db'));
  const backup = backUp(join(there.path, 'two.db'));
  expect(readdirSync(join(there.path, 'archive'))).toEqual(readdirSync(archiveDir()));
  expect(wrongIn(backup)).toEqual([]);
  rmSync(archiveDir(), { recursive: true });
  rmSync(file());
  expect((await restoreBackup(shop.dataDir, backup, shop.deps)).ok).toBe(true);
  await open();
  expect(await pullAll()).toEqual(whole);
  expect(wrongIn(file())).toEqual([]);
  there.remove();
});

test('[ARCHIVE5] nothing is backed up or restored without a segment it needs, and a backup from before needs none', async () => {
  const early = backUp(join(shop.dataDir, 'backups', 'early.db'));
  archive();
  const backup = backUp(join(shop.dataDir, 'backups', 'one.db'));
  const segments = [archiveDir(), join(shop.dataDir, 'backups', 'archive')];
  for (const folder of segments) renameSync(folder, `${folder}.away`);
  expect(makeBackup(shop.dataDir, undefined, shop.deps)).toMatchObject({
    ok: false,
    error: expect.stringContaining('segment'),
  });
  expect(await restoreBackup(shop.dataDir, backup, shop.deps)).toMatchObject({
    ...{ ok: false, error: expect.stringContaining('archive') },
  });
  expect((await restoreBackup(shop.dataDir, early, shop.deps)).ok).toBe(true);
  await open();
  expect(await pullAll()).toEqual(whole);
  await core.store.close();
  // The segments of the shop's own folder do as well.
  renameSync(`${archiveDir()}.away`, archiveDir());
  expect((await restoreBackup(shop.dataDir, backup, shop.deps)).ok).toBe(true);
  await open();
  expect(await pullAll()).toEqual(whole);
});

test('[ARCHIVE5] a damaged segment is not carried, and a whole one is put in its place', () => {
  archive();
  const backup = backUp(join(shop.dataDir, 'backups', 'one.db'));
  const name = readdirSync(archiveDir())[0] ?? '';
  const kept = join(shop.dataDir, 'backups', 'archive', name);
  const bytes = readFileSync(kept);
  rmSync(kept);
  writeFileSync(kept, bytes.subarray(0, 5000));
  expect(wrongIn(backup).some(({ table }) => table === 'archive')).toBe(true);
  backUp(join(shop.dataDir, 'backups', 'two.db'));
  expect(readFileSync(kept).equals(bytes)).toBe(true);
  expect(wrongIn(backup)).toEqual([]);
});

test('[ARCHIVE2] [F30] an entry that nobody could read is archived as it came, and found by what releases it', async () => {
  mkdirSync(archiveDir(), { recursive: true });
  archive();
  const store = openSqliteStore(file(), shop.deps);
  const unreadable = await store.read((tx) => tx.unreadableEntries('utama' as never, '', 10));
  expect(unreadable.length).toBeGreaterThan(0);
  expect(query<string>("SELECT json FROM entry WHERE kind = 'unreadable' AND scope = 'utama'")).toMatch(/^@/);
  for (const { json, id } of unreadable) expect(JSON.parse(json)).toMatchObject({ id });
  await store.close();
});
