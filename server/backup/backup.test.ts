import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import type { ProductId } from '../../schema/ids.ts';
import { claimFolder } from '../claim-folder.ts';
import type { Core } from '../core/core.ts';
import { findDevice } from '../core/credential.ts';
import { openCore } from '../core/open-core.ts';
import { pull } from '../core/pull.ts';
import { readStatus } from '../core/status.ts';
import { openBusyShop } from '../testing/busy-shop.ts';
import { createTestJournal, type TestJournal } from '../testing/test-device.ts';
import { pushRows } from '../testing/test-push.ts';
import type { TestEnrolment, TestShop } from '../testing/test-shop.ts';
import { verifyDatabase } from '../verify/verify-database.ts';
import { makeBackup } from './make-backup.ts';
import { restoreBackup } from './restore-backup.ts';

let shop: TestShop;
let core: Core;
let till: TestEnrolment;
let journal: TestJournal;
let sold: DeviceEntry[];
const COFFEE = 'coffee' as ProductId;

beforeEach(async () => {
  shop = await openBusyShop();
  core = shop.core;
  till = await shop.enrol('till', 'K5');
  journal = createTestJournal(till);
  sold = [];
  await sell(3);
});
afterEach(async () => {
  await core.store.close();
  await shop.close();
});

const sell = async (count: number, by = core) => {
  const entries = Array.from({ length: count }, () => journal.sell(COFFEE, 1));
  sold.push(...entries);
  return pushRows(by, till, entries);
};
const backup = (to?: string) => {
  const made = makeBackup(shop.dataDir, to, shop.deps);
  if (!made.ok) throw new Error(made.error);
  return made.value;
};
const restore = async (from: string) => {
  await core.store.close();
  const restored = await restoreBackup(shop.dataDir, from, shop.deps);
  core = await openCore(shop.dataDir, shop.deps);
  if (!restored.ok) throw new Error(restored.error);
  return restored.value;
};
const database = () => join(shop.dataDir, 'laci.db');
const wrongIn = (file: string) => verifyDatabase(file, { verify: shop.deps.verify }).findings;

test('[BACKUP1] a backup made while the shop sells is one moment of it, whole, and only its owner can read it', async () => {
  const selling = sell(50);
  const { file, heads } = backup();
  await selling;
  const seq = heads.find(({ deviceId }) => deviceId === till.device.deviceId)?.seq ?? -1;
  expect(seq).toBeGreaterThanOrEqual(3);
  expect(wrongIn(file)).toEqual([]);
  const rows = new Database(file, { readonly: true }).prepare('SELECT count(*) FROM entry WHERE device_id = ?').pluck();
  expect(rows.get(till.device.deviceId)).toBe(seq);
  expect(statSync(file).mode & 0o077).toBe(0);
  expect(readdirSync(join(shop.dataDir, 'backups')).filter((name) => name.includes('draft'))).toEqual([]);
});

test('[BACKUP2] devices hear at once what is backed up', async () => {
  const backedUp = async () => (await readStatus(core, till.stored, { checkpoints: {} })).backedUp;
  expect(await backedUp()).toBe(0);
  backup();
  expect(await backedUp()).toBe(3);
});

test('[BACKUP3] no file is ever replaced, and a folder without a shop is told', async () => {
  const file = join(shop.dataDir, 'mine.db');
  writeFileSync(file, 'precious');
  expect(makeBackup(shop.dataDir, file, shop.deps)).toMatchObject({ ok: false });
  expect(readFileSync(file, 'utf8')).toBe('precious');
  expect(makeBackup(join(shop.dataDir, 'nothing'), undefined, shop.deps)).toMatchObject({ ok: false });
});

test('[BACKUP3] a copy that is not whole is not kept, and the ledger does not hear of it', async () => {
  await core.store.close();
  const bytes = readFileSync(database());
  const at = bytes.lastIndexOf('Kopi');
  bytes.write('Kopy', at);
  writeFileSync(database(), bytes);
  const made = makeBackup(shop.dataDir, join(shop.dataDir, 'bad.db'), shop.deps);
  expect(made).toMatchObject({ ok: false, error: expect.stringContaining('checksum') });
  expect(readdirSync(shop.dataDir).filter((name) => name.startsWith('bad'))).toEqual([]);
  expect(readFileSync(join(shop.dataDir, 'ledger.jsonl'), 'utf8')).not.toContain('"backup"');
});

test('[F12] [BACKUP4] a restore begins a new epoch, keeps what was there, and says what devices will send again', async () => {
  const { file } = backup();
  const before = core.epoch;
  const { checkpoint } = await pull(core, till.stored, { collection: 'stock', checkpoint: undefined, limit: 1000 });
  await sell(4);
  const { epoch, kept, devices } = await restore(file);
  expect(epoch.n).toBe(before.n + 1);
  expect(devices).toContainEqual({ name: 'utama K5', held: 3, last: 7 });
  expect(core.epoch).toEqual(epoch);
  expect(wrongIn(kept ?? '')).toEqual([]);
  expect(wrongIn(database())).toEqual([]);
  const answer = await pull(core, till.stored, { collection: 'stock', checkpoint, limit: 1000 });
  expect([answer.checkpoint.epoch, core.epoch.n]).toEqual([epoch, before.n + 1]);
});

test('[F12] [I1] what the restored database lacks comes again from its device, each entry once', async () => {
  const { file } = backup();
  await sell(4);
  await restore(file);
  const status = await readStatus(core, till.stored, { checkpoints: {} });
  expect(status.head.seq).toBe(3);
  const missing = sold.filter(({ seq }) => seq > status.head.seq);
  const answer = await pushRows(core, till, missing, { resent: 7 });
  expect(answer.verdicts.map(({ verdict }) => verdict)).toEqual(Array(4).fill('accepted'));
  expect((await readStatus(core, till.stored, { checkpoints: {} })).head.seq).toBe(7);
  expect(wrongIn(database())).toEqual([]);
});

test('[F12] [EPOCH3] restoring twice from the same backup makes two epochs, whatever was sold between', async () => {
  const { file } = backup();
  const first = (await restore(file)).epoch;
  await sell(1);
  const second = (await restore(file)).epoch;
  expect(second.n).toBe(first.n + 1);
  expect(second.id).not.toBe(first.id);
  expect(core.ledger.knowsEpoch(first)).toBe(true);
});

test('[BACKUP5] nothing is restored while a server serves the folder, or from what is no whole backup', async () => {
  const { file } = backup();
  const before = readFileSync(database());
  const claim = claimFolder(shop.dataDir);
  expect(await restoreBackup(shop.dataDir, file, shop.deps)).toMatchObject({ ok: false });
  if (claim.ok) claim.value();
  const bad = join(shop.dataDir, 'bad.db');
  copyFileSync(file, bad);
  const bytes = readFileSync(bad);
  bytes.write('Kopy', bytes.lastIndexOf('Kopi'));
  writeFileSync(bad, bytes);
  for (const from of [bad, join(shop.dataDir, 'ledger.jsonl'), join(shop.dataDir, 'nowhere.db')]) {
    expect(await restoreBackup(shop.dataDir, from, shop.deps)).toMatchObject({ ok: false });
  }
  expect(readFileSync(database()).equals(before)).toBe(true);
  expect(core.ledger.lastEpoch()).toBe(core.epoch.n);
});

test('[F12] [BACKUP4] a lost disk: keys and ledger in an empty folder, and the newest backup', async () => {
  const { file } = backup();
  const { credential } = till;
  await sell(2);
  const fresh = join(shop.dataDir, 'fresh');
  mkdirSync(fresh);
  for (const name of ['shop-key.json', 'server-key.json', 'server-secret', 'ledger.jsonl']) {
    copyFileSync(join(shop.dataDir, name), join(fresh, name));
  }
  const before = core.epoch.n;
  const restored = await restoreBackup(fresh, file, shop.deps);
  expect(restored).toMatchObject({ ok: true, value: { kept: null } });
  const opened = await openCore(fresh, shop.deps);
  expect([opened.epoch.n, (await findDevice(opened, credential))?.deviceId]).toEqual([
    before + 1,
    till.device.deviceId,
  ]);
  expect((await opened.store.read((tx) => tx.head(till.device.deviceId)))?.seq).toBe(3);
  await opened.store.close();
});

test('[BACKUP5] a database too damaged to be read is kept aside with its log, and restored over', async () => {
  const { file } = backup();
  await sell(2);
  await core.store.close();
  writeFileSync(database(), 'nothing that SQLite could read, for long enough to look at it');
  writeFileSync(`${database()}-wal`, 'a log of something');
  const { kept } = await restore(file);
  expect(readFileSync(kept ?? '', 'utf8')).toContain('nothing that SQLite');
  expect(readFileSync(`${kept}-wal`, 'utf8')).toContain('a log');
  expect(wrongIn(database())).toEqual([]);
});

test('[F12] cut short before the new database has its place, the old one begins a new epoch all the same', async () => {
  const { file } = backup();
  const before = core.epoch.n;
  await core.store.close();
  const old = readFileSync(database());
  await restoreBackup(shop.dataDir, file, shop.deps);
  writeFileSync(database(), old);
  core = await openCore(shop.dataDir, shop.deps);
  expect(core.epoch.n).toBe(before + 2);
});

test('[F12] a database that is gone begins a later epoch than any that devices know', async () => {
  const before = core.epoch.n;
  await core.store.close();
  for (const end of ['', '-wal', '-shm']) rmSync(`${database()}${end}`, { force: true });
  core = await openCore(shop.dataDir, shop.deps);
  expect(core.epoch.n).toBe(before + 1);
  expect(existsSync(database())).toBe(true);
});
