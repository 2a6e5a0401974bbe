import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLedger } from '../keys/ledger.ts';
import { verifySignature } from '../keys/verify-signature.ts';
import { addRowSum, SUMMED_COLUMNS, type SummedTable, sumOldRows } from '../store/sqlite/row-sum.ts';
import { openBusyShop } from '../testing/busy-shop.ts';
import type { TestShop } from '../testing/test-shop.ts';
import type { Finding } from './findings.ts';
import { verifyDatabase } from './verify-database.ts';

/** Bytes flipped one at a time, at places that depend on this seed alone. */
const FLIPS = 250;
const SEED = 20_261_125;

let shop: TestShop;
/** The whole shop in one file, nothing in a write-ahead log. */
let whole: string;

beforeAll(async () => {
  shop = await openBusyShop();
  whole = join(shop.dataDir, 'whole.db');
  new Database(join(shop.dataDir, 'laci.db'), { readonly: true }).prepare('VACUUM INTO ?').run(whole);
});
afterAll(() => shop.close());

const options = () => ({
  verify: verifySignature,
  ledger: openLedger(join(shop.dataDir, 'ledger.jsonl')),
  shopKey: shop.core.shopKey.publicKey,
});
const verify = (file: string) => verifyDatabase(file, options());

/** A copy in which a row was changed by somebody who knew the checksum. */
function changed(name: string, table: SummedTable, sql: string): string {
  const file = join(shop.dataDir, `${name}.db`);
  copyFileSync(whole, file);
  const database = new Database(file);
  addRowSum(database);
  for (const verb of ['updated', 'deleted']) database.exec(`DROP TRIGGER IF EXISTS ${table}_never_${verb}`);
  database.pragma('foreign_keys = OFF');
  database.exec(sql);
  database.exec(sumOldRows(table));
  database.close();
  return file;
}
const named = (findings: readonly Finding[], table: string, what: RegExp) =>
  findings.filter((finding) => finding.table === table && what.test(finding.what)).map(({ id }) => id);

test('[VERIFY1] a shop in which everything happened has nothing wrong', () => {
  let progress = 0;
  const result = verifyDatabase(whole, { ...options(), onProgress: (done) => (progress = done) });
  expect(result.findings).toEqual([]);
  expect(result.entries).toBeGreaterThan(20);
  expect(progress).toBeGreaterThan(0.9);
});

const tables = Object.keys(SUMMED_COLUMNS) as SummedTable[];

/** Every row of every table by its name, as text; a table that cannot be read is named by itself. */
function contentOf(file: string): ReadonlyMap<string, string> {
  const content = new Map<string, string>();
  const database = new Database(file, { readonly: true });
  for (const table of tables) {
    try {
      for (const row of database.prepare(`SELECT * FROM ${table} NOT INDEXED`).iterate() as Iterable<
        Record<string, unknown>
      >) {
        const { sum: _sum, ...rest } = row;
        content.set(`${table} ${JSON.stringify(Object.values(rest).slice(0, 2))}`, JSON.stringify(rest));
      }
    } catch {
      content.set(`${table} unreadable`, '');
    }
  }
  database.close();
  return content;
}

/** A small generator of numbers (mulberry32): the same seed, the same numbers. */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

/** The rows that a flip changed: `table [names]`; null where nothing can be read any more. */
function changesOf(file: string, before: ReadonlyMap<string, string>): string[] | null {
  try {
    const after = contentOf(file);
    if (tables.every((table) => after.has(`${table} unreadable`))) return null;
    return [...new Set([...before.keys(), ...after.keys()])].filter((name) => before.get(name) !== after.get(name));
  } catch {
    return null;
  }
}

test('[I6] [VERIFY2] every flipped byte that changes what is stored is found, and its document named', () => {
  const bytes = readFileSync(whole);
  const before = contentOf(whole);
  const next = numbersFrom(SEED);
  const file = join(shop.dataDir, 'flipped.db');
  let changedCount = 0;
  const missed: string[] = [];
  for (let turn = 0; turn < FLIPS; turn += 1) {
    const [at, bit] = [next() % bytes.length, 1 << (next() % 8)];
    const flipped = Buffer.from(bytes);
    flipped[at] = (flipped[at] as number) ^ bit;
    writeFileSync(file, flipped);
    const changes = changesOf(file, before);
    if (changes?.length === 0) continue;
    changedCount += 1;
    const { findings } = verify(file);
    // A row is named where it can still be read; a table where it cannot; the file where nothing can.
    const isNamed = findings.some(({ table, id }) =>
      changes === null ? table === 'file' : changes.some((name) => isAbout(name, table, id)),
    );
    if (!isNamed)
      missed.push(
        `byte ${at} bit ${bit}: ${changes?.slice(0, 3).join('; ')} but ${JSON.stringify(findings.slice(0, 3))}`,
      );
  }
  expect(missed).toEqual([]);
  expect(changedCount).toBeGreaterThan(FLIPS / 10);
});

function isAbout(change: string, table: string, id: string): boolean {
  const [changedTable = '', names = ''] = [change.slice(0, change.indexOf(' ')), change.slice(change.indexOf(' ') + 1)];
  if (table !== changedTable) return false;
  if (names === 'unreadable' || id === '') return true;
  return (JSON.parse(names) as unknown[]).some((name) => ` ${id} `.includes(` ${String(name)} `));
}

test('[VERIFY3] what a row means is checked beside its checksum', () => {
  const sale = `(SELECT id FROM entry WHERE kind = 'sale' ORDER BY id LIMIT 1)`;
  const cases: [SummedTable, string, string, RegExp][] = [
    [
      'entry',
      `UPDATE entry SET json = replace(json, 'Kopi', 'Kopy') WHERE id = ${sale}`,
      'entry',
      /hash: not the hash/,
    ],
    ['entry', `UPDATE entry SET signature = 'A' || substr(signature, 2) WHERE kind <> 'release'`, 'entry', /signature/],
    ['entry_state', `UPDATE entry_state SET verdict = 'accepted' WHERE verdict = 'quarantined'`, 'entry', /kind/],
    ['entry_state', `DELETE FROM entry_state WHERE id = ${sale}`, 'entry', /verdict/],
    ['head', 'UPDATE head SET entry_seq = entry_seq - 1', 'head', /last entry|does not count/],
    [
      'document',
      `UPDATE document SET json = replace(json, '"in":500', '"in":501') WHERE collection = 'stock'`,
      'document',
      /counter/,
    ],
    [
      'document',
      `UPDATE document SET json = replace(json, '"epoch":2', '"epoch":9') WHERE collection = 'stock'`,
      'document',
      /epoch/,
    ],
    [
      'document',
      `UPDATE document SET json = replace(json, '"epoch":1,"n":1', '"epoch":7,"n":1') WHERE id = 'p5'`,
      'document',
      /rev/,
    ],
    ['document', `DELETE FROM document WHERE id = 'utama:p1'`, 'document', /missing/],
    ['scope_clock', `UPDATE scope_clock SET seq = seq + 1`, 'scope_clock', /last commit/],
    ['commit_tag', `DELETE FROM commit_tag WHERE first > 5 AND first < 9`, 'commit_tag', /follow/],
    ['epoch', `UPDATE epoch SET id = 'zzzzzzzzzzzzzzzz' WHERE n = 1`, 'epoch', /ledger/],
    ['product_barcode', `DELETE FROM product_barcode WHERE product_id = 'p3'`, 'product_barcode', /missing/],
    ['sold_cart', 'DELETE FROM sold_cart', 'sold_cart', /missing/],
    ['device', `UPDATE device SET role = 'manager' WHERE till = 'K1'`, 'device', /certificate/],
  ];
  for (const [index, [table, sql, told, what]] of cases.entries()) {
    const { findings } = verify(changed(`case-${index}`, table, sql));
    expect([sql, named(findings, told, what).length > 0]).toEqual([sql, true]);
  }
});

test('[I13] [VERIFY3] a table that may shrink is told', () => {
  const { findings } = verify(changed('no-trigger', 'edit', ''));
  expect(named(findings, 'edit', /is gone/)).toEqual(['edit_never_updated', 'edit_never_deleted']);
});

test('[VERIFY6] [I13] a changed byte in the words of a trigger, a table or an index is found', () => {
  const bytes = readFileSync(whole, 'latin1');
  const file = join(shop.dataDir, 'other-words.db');
  const found = [
    ['OLD.kind AND', 'OLD.kine AND'],
    ["'edit only grows'", "'edit only growl'"],
    ['ON entry (scope, received_at)', 'ON entry (scope, received_au)'],
    ['CREATE TABLE record (', 'CREATE TABLE recorD ('],
  ].map(([word = '', other = '']) => {
    writeFileSync(file, bytes.replaceAll(word, other), 'latin1');
    return verify(file).findings[0];
  });
  expect(found.map((finding) => finding?.table)).toEqual(['entry', 'edit', 'file', 'record']);
  expect(found.slice(0, 2)).toMatchObject([{ id: 'entry_never_updated' }, { id: 'edit_never_updated' }]);
});

test('[VERIFY2] a file that is no database, is cut short or not there is a finding', () => {
  const file = join(shop.dataDir, 'none.db');
  expect(verify(file).findings).toMatchObject([{ table: 'file' }]);
  writeFileSync(file, 'no database at all, but long enough to look at');
  expect(verify(file).findings[0]).toMatchObject({ table: 'file' });
  const bytes = readFileSync(whole);
  writeFileSync(file, bytes.subarray(0, bytes.length / 2));
  expect(verify(file).wrong).toBeGreaterThan(0);
});
