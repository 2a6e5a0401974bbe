import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claimFolder } from '../claim-folder.ts';
import type { Core } from '../core/core.ts';
import { openCore } from '../core/open-core.ts';
import { pull } from '../core/pull.ts';
import { openArchiver, openWriter } from '../store/sqlite/open-database.ts';
import { addRowSum, updateRow } from '../store/sqlite/row-sum.ts';
import { openBusyShop } from '../testing/busy-shop.ts';
import { createTestJournal, type TestJournal } from '../testing/test-device.ts';
import { pushRows } from '../testing/test-push.ts';
import type { TestEnrolment, TestShop } from '../testing/test-shop.ts';
import { verifyDatabase } from '../verify/verify-database.ts';
import { readDay, yearsBefore } from './archive-day.ts';
import { ARCHIVE_AGE_DAYS_MIN, archiveEntries } from './archive-entries.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const COFFEE = 'coffee' as never;
/** Sales of K5 before and after the day up to which is archived. */
const [OLD, YOUNG] = [300, 40];

let shop: TestShop;
let core: Core;
let till: TestEnrolment;
let manager: TestEnrolment;
let journal: TestJournal;

beforeEach(async () => {
  shop = await openBusyShop();
  core = shop.core;
  till = await shop.enrol('till', 'K5');
  manager = await shop.enrol('manager', 'M5');
  journal = createTestJournal(till);
  await sell(OLD);
  shop.deps.passTime(800 * DAY_MS);
  await sell(YOUNG);
});
afterEach(async () => {
  await core.store.close();
  await shop.close();
});

async function sell(count: number) {
  const entries = Array.from({ length: count }, () => journal.sell(COFFEE, 1));
  for (let from = 0; from < count; from += 100) await pushRows(core, till, entries.slice(from, from + 100));
  return entries;
}
const file = () => join(shop.dataDir, 'laci.db');
const findings = () =>
  verifyDatabase(file(), { verify: shop.deps.verify, ledger: core.ledger, shopKey: core.shopKey.publicKey }).findings;
const pullAll = async () => {
  const request = { collection: 'branchJournal', checkpoint: undefined, limit: 5000 } as const;
  return (await pull(core, manager.stored, request)).documents;
};
const archive = async (before = shop.deps.now() - 730 * DAY_MS) => {
  await core.store.close();
  const archived = archiveEntries(shop.dataDir, before, shop.deps);
  core = await openCore(shop.dataDir, shop.deps);
  if (!archived.ok) throw new Error(archived.error);
  return archived.value;
};
/** Rows of the table of entries without their text, and whether it lies in the archive. */
const rows = () => {
  const database = new Database(file(), { readonly: true });
  const all = database.prepare<[], Record<string, unknown>>('SELECT * FROM entry ORDER BY id').all();
  database.close();
  return all.map(({ json, sum: _sum, ...rest }) => ({ rest, isArchived: String(json).startsWith('@') }));
};

test('[ARCHIVE1] the texts of old entries move beside the database, and nothing else of them changes', async () => {
  const before = rows();
  const { entries, segments, bytesBefore, bytesAfter, bytesArchived } = await archive();
  const after = rows();
  expect(after.map(({ rest }) => rest)).toEqual(before.map(({ rest }) => rest));
  expect(after.filter(({ isArchived }) => isArchived).length).toBe(entries);
  expect([entries, segments]).toEqual([before.length - YOUNG, 1]);
  expect(bytesAfter + bytesArchived).toBeLessThan(bytesBefore);
  expect(readdirSync(join(shop.dataDir, 'archive'))).toEqual([expect.stringMatching(/^[0-9a-f]{16}\.db$/)]);
  const [segment = ''] = readdirSync(join(shop.dataDir, 'archive'));
  expect(statSync(join(shop.dataDir, 'archive', segment)).mode & 0o077).toBe(0);
  expect(findings()).toEqual([]);
});

test('[ARCHIVE2] a fresh office pulls everything as before, the archived text byte by byte', async () => {
  const before = await pullAll();
  expect(before.length).toBeGreaterThan(OLD + YOUNG);
  await archive();
  expect(await pullAll()).toEqual(before);
  const stored = await core.store.read((tx) => tx.entriesFrom(till.device.deviceId, 1, 1000));
  expect(stored.map(({ json }) => (JSON.parse(json) as { seq: number }).seq)).toEqual(stored.map((_, at) => at + 1));
});

test('[ARCHIVE2] an archived entry that is pushed again is a duplicate, another one at its place is a fork, and the till sells on', async () => {
  const copy = createTestJournal(till);
  const [first] = [copy.sell(COFFEE, 1)];
  const stored = await core.store.read((tx) => tx.entriesFrom(till.device.deviceId, 1, 5));
  await archive();
  const again = stored.map(({ json }) => JSON.parse(json) as unknown);
  expect((await pushRows(core, till, again)).verdicts.map(({ verdict }) => verdict)).toEqual(
    Array(5).fill('duplicate'),
  );
  const other = copy.sell(COFFEE, 9);
  expect((await pushRows(core, till, [first, other])).verdicts.map(({ verdict }) => verdict)).toEqual([
    ...['forked', 'forked'],
  ]);
  const [next] = await sell(1);
  expect(await core.store.read((tx) => tx.head(till.device.deviceId))).toEqual({ seq: next?.seq, hash: next?.hash });
  expect(findings()).toEqual([]);
});

test('[ARCHIVE1] a second run archives what became old since, and a third one nothing', async () => {
  const before = await pullAll();
  await archive();
  shop.deps.passTime(800 * DAY_MS);
  expect((await archive()).entries).toBe(YOUNG);
  expect(await archive()).toMatchObject({ entries: 0, segments: 0 });
  expect(await pullAll()).toEqual(before);
  expect(findings()).toEqual([]);
});

test('[ARCHIVE6] what tills may still need is not archived, nor under a serving server, nor where no shop is', async () => {
  const refusal = (dataDir: string, before: number) => {
    const archived = archiveEntries(dataDir, before, shop.deps);
    return archived.ok ? 'archived' : archived.error;
  };
  const youngest = shop.deps.now() - ARCHIVE_AGE_DAYS_MIN * DAY_MS;
  expect(refusal(shop.dataDir, youngest + 1000)).toContain('65 days');
  const claim = claimFolder(shop.dataDir);
  expect(refusal(shop.dataDir, youngest - DAY_MS)).toContain('in use');
  if (claim.ok) claim.value();
  expect(refusal(join(shop.dataDir, 'none'), 0)).toContain('no shop');
  expect(existsSync(join(shop.dataDir, 'archive'))).toBe(false);
});

test('[ARCHIVE6] an entry that is not what was written stops it, and is named', async () => {
  await core.store.close();
  const database = new Database(file());
  database.exec('DROP TRIGGER entry_never_updated');
  const { id } = database.prepare<[], { id: string }>('SELECT id FROM entry ORDER BY id').get() ?? { id: '' };
  database.prepare('UPDATE entry SET at = at + 1 WHERE id = ?').run(id);
  database.close();
  const archived = archiveEntries(shop.dataDir, shop.deps.now() - 730 * DAY_MS, shop.deps);
  expect(archived).toMatchObject({ ok: false, error: expect.stringContaining(id) });
  expect(rows().filter(({ isArchived }) => isArchived)).toEqual([]);
});

test('[I13] [ARCHIVE6] only the archive puts a pointer in the place of a text, once, and changes nothing else', async () => {
  await archive();
  const pointer = `'@${'a'.repeat(16)}'`;
  const point = (where: string, more = {}) => updateRow('entry', { json: pointer, ...more }, where);
  const [young, old] = [`json GLOB '{*' AND kind = 'sale'`, `json GLOB '@*'`];
  const attempts = (database: Database.Database, statements: readonly string[]) => {
    const ran = statements.map((sql) => {
      try {
        database.exec('BEGIN');
        database.exec(sql);
        return 'changed';
      } catch (error) {
        return (error as Error).message;
      } finally {
        if (database.inTransaction) database.exec('ROLLBACK');
      }
    });
    database.close();
    return ran;
  };
  const only = 'entry only grows';
  expect(attempts(openWriter(file()), [point(young), point(old)])).toEqual([only, only]);
  const stranger = new Database(file());
  addRowSum(stranger);
  expect(attempts(stranger, [point(young)])).toEqual([expect.stringContaining('archiving')]);
  expect(
    attempts(openArchiver(file()), [
      point(young),
      point(old),
      point(young, { hash: "'x'" }),
      updateRow('entry', { json: "'{}'" }, young),
      'DELETE FROM entry',
    ]),
  ).toEqual(['changed', only, only, only, only]);
});

test('[ARCHIVE6] a day is a day of UTC, and none is made up', () => {
  expect(readDay('2024-02-29')).toBe(Date.UTC(2024, 1, 29));
  expect([readDay('2023-02-29'), readDay('2024-1-1'), readDay('yesterday')]).toEqual([null, null, null]);
  expect(yearsBefore(Date.UTC(2026, 10, 25, 14), 2)).toBe(Date.UTC(2024, 10, 25));
});
