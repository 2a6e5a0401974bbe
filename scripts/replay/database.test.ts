import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EMPTY_HEAD, sealEntry } from '../../schema/chain.ts';
import type { BodyOf, DeviceEntry, Head } from '../../schema/entry/entry.ts';
import { LAYOUT_STEPS } from '../../server/store/sqlite/layouts.ts';
import { addRowSum } from '../../server/store/sqlite/row-sum.ts';
import { reportDatabase } from './database.ts';

const DEVICE = '0123456789abcdef' as DeviceEntry['deviceId'];
let folder: string;
let file: string;
let database: Database.Database;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'laci-database-'));
  file = join(folder, 'laci.db');
  database = new Database(file);
  addRowSum(database);
  for (const statement of LAYOUT_STEPS.flat()) database.exec(statement);
  database.prepare(`INSERT INTO device VALUES (?, 'utama', 'till', 'K1', 1, '', '', '', 0, NULL, 0)`).run(DEVICE);
  database.prepare(`INSERT INTO product_barcode VALUES ('*', 'A', 'p1', 0), ('*', 'B', 'p2', 0)`).run();
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

function adjust(delta: number, head: Head): DeviceEntry {
  const body = { reason: 'lost [a-1]', lines: [{ productId: 'p1', delta }] } as BodyOf<'adjust'>;
  const place = { deviceId: DEVICE, branch: 'utama' as DeviceEntry['branch'], person: 'ani' as DeviceEntry['person'] };
  return sealEntry({ ...place, at: 0, kind: 'adjust', body }, head);
}

function store(entry: DeviceEntry, verdict = 'accepted', flags = ''): void {
  const { id, seq, prev, hash, kind } = entry;
  const row = database.prepare(`INSERT INTO entry VALUES (?, ?, ?, ?, ?, 'utama', ?, 0, ?, ?, 0, '', 0)`);
  row.run(id, DEVICE, seq, prev, hash, kind, JSON.stringify(entry), DEVICE);
  database
    .prepare(`INSERT INTO entry_state VALUES (?, 'utama', ?, ?, ?, '', ?, 0)`)
    .run(id, seq, DEVICE, verdict, flags);
}

function storeStock(counter: { in: number; out: number }): void {
  const document = { productId: 'p1', base: { in: 1, out: 0 }, counters: { [DEVICE]: { ...counter, seq: 1 } } };
  database
    .prepare(`INSERT INTO document VALUES ('stock', 'utama:p1', 'utama', 1, 0, NULL, ?, 0)`)
    .run(JSON.stringify(document));
}

test('[I4] stock is base and counters, and 0 for a product that never moved', () => {
  const first = adjust(1, EMPTY_HEAD);
  store(first);
  store(adjust(-3, first));
  storeStock({ in: 0, out: 3 });
  const report = reportDatabase(file);
  expect([...report.onHand]).toEqual([
    ['A', -2],
    ['B', 0],
  ]);
  expect(report.entries.map(({ key }) => key)).toEqual(['a-1', 'a-1']);
  expect(report.violations).toEqual([]);
});

test('[I4] a stock document that is not the sum of the stored entries is named', () => {
  store(adjust(-3, EMPTY_HEAD));
  storeStock({ in: 0, out: 6 });
  expect(reportDatabase(file).violations).toEqual(['stock document of A says -5, the entries -3']);
});

test('[I6] a changed byte, a quarantined entry and a flag are named', () => {
  const first = adjust(-3, EMPTY_HEAD);
  store({ ...first, at: 1 }, 'quarantined', 'odd-clock');
  storeStock({ in: 0, out: 4 });
  expect(reportDatabase(file).violations).toEqual([
    `an entry of ${DEVICE} is quarantined odd-clock`,
    `chain of ${DEVICE}: hash at 1`,
  ]);
});
