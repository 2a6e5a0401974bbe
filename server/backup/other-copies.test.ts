import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openCore } from '../core/open-core.ts';
import { LAYOUT_STEPS, LAYOUT_VERSION } from '../store/sqlite/layouts.ts';
import { createTestJournal } from '../testing/test-device.ts';
import { pushRows } from '../testing/test-push.ts';
import { openTestShop, type TestShop } from '../testing/test-shop.ts';
import { makeBackup } from './make-backup.ts';
import { restoreBackup } from './restore-backup.ts';

let shop: TestShop;

beforeEach(async () => {
  shop = await openTestShop();
});
afterEach(() => shop.close());

/** A shop's database as the first released server left it: what a migration keeps as `laci.db.before-…`. */
function makeLayout1(file: string): void {
  const database = new Database(file);
  database.exec(LAYOUT_STEPS[0]?.join(';') ?? '');
  database.exec(`INSERT INTO epoch VALUES (1, '${shop.core.epoch.id}', 5)`);
  database.pragma('user_version = 1');
  database.close();
}

test('[F20] [BACKUP4] the copy that a migration kept can be restored: it is brought to the newest layout again', async () => {
  const copy = join(shop.dataDir, `laci.db.before-${LAYOUT_VERSION}`);
  makeLayout1(copy);
  await shop.core.store.close();
  expect(await restoreBackup(shop.dataDir, copy, shop.deps)).toMatchObject({ ok: true });
  const database = new Database(join(shop.dataDir, 'laci.db'), { readonly: true });
  expect(database.pragma('user_version', { simple: true })).toBe(LAYOUT_VERSION);
  database.close();
});

test('[BACKUP1] a shop that was not opened by this version yet can be backed up', () => {
  const folder = join(shop.dataDir, 'old');
  mkdirSync(folder);
  makeLayout1(join(folder, 'laci.db'));
  expect(makeBackup(folder, undefined, shop.deps)).toMatchObject({ ok: true });
});

test('[F12] [BACKUP4] of a folder that was copied with its log, what stands in the log is restored too', async () => {
  const till = await shop.enrol();
  const journal = createTestJournal(till);
  await pushRows(shop.core, till, [journal.receive(await shop.addProduct('coffee'), 5)]);
  const copy = join(shop.dataDir, 'copied.db');
  for (const end of ['', '-wal']) copyFileSync(`${join(shop.dataDir, 'laci.db')}${end}`, `${copy}${end}`);
  expect(existsSync(`${copy}-wal`)).toBe(true);
  await shop.core.store.close();
  expect(await restoreBackup(shop.dataDir, copy, shop.deps)).toMatchObject({ ok: true });
  const core = await openCore(shop.dataDir, shop.deps);
  expect(await core.store.read((tx) => tx.head(till.device.deviceId))).toEqual(journal.head);
  await core.store.close();
});

test('[BACKUP7] the backup of another shop is refused, and restored where its own keys are, or none', async () => {
  const other = await openTestShop();
  await other.enrol();
  const made = makeBackup(other.dataDir, undefined, other.deps);
  if (!made.ok) throw new Error(made.error);
  await Promise.all([shop.core.store.close(), other.core.store.close()]);
  const refused = await restoreBackup(shop.dataDir, made.value.file, shop.deps);
  expect(refused).toMatchObject({ ok: false, error: expect.stringContaining('another shop') });
  const core = await openCore(shop.dataDir, shop.deps);
  expect(core.epoch).toEqual(shop.core.epoch);
  await core.store.close();
  const empty = join(shop.dataDir, 'empty');
  mkdirSync(empty);
  for (const folder of [other.dataDir, empty])
    expect(await restoreBackup(folder, made.value.file, shop.deps)).toMatchObject({ ok: true });
  await other.close();
});

test('[BACKUP5] a file of no bytes, as a full disk leaves one, replaces no shop', async () => {
  const empty = join(shop.dataDir, 'empty.db');
  writeFileSync(empty, '');
  const till = await shop.enrol();
  await shop.core.store.close();
  const restored = restoreBackup(shop.dataDir, empty, shop.deps);
  await expect(restored).resolves.toMatchObject({ ok: false, error: expect.stringContaining('holds no shop') });
  const core = await openCore(shop.dataDir, shop.deps);
  expect(await core.store.read((tx) => tx.device(till.device.deviceId))).toBeDefined();
  await core.store.close();
});
