import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { COMPANY_SCOPE } from '../../../schema/ids.ts';
import { makeTestFolder } from '../../testing/test-deps.ts';
import { commitContract } from '../commit-contract.ts';
import { inboxContract } from '../inbox-contract.ts';
import { orderContract } from '../order-contract.ts';
import { StoreFault } from '../store.ts';
import { type ContractStore, storeContract } from '../store-contract.ts';
import { openWriter } from './open-database.ts';
import { EDITS_BEFORE, UNREADABLE } from './read-tx.ts';
import { openSqliteStore } from './sqlite-store.ts';

/** Turns of the event loop stand for time. */
const deps = {
  randomBytes: (count: number) => randomBytes(count),
  after: (_ms: number, work: () => void) => setImmediate(work),
};

function openIn(folder: ReturnType<typeof makeTestFolder>): ContractStore {
  const file = join(folder.path, 'laci.db');
  let left = 0;
  const beforeWrite = (): void => {
    left -= 1;
    if (left === 0) throw new Error('this write fails');
  };
  const store = openSqliteStore(file, { ...deps, beforeWrite });
  return {
    store,
    failWrite: (n) => {
      left = n;
    },
    tamper: (table, verb) => {
      const past = new Database(file);
      past.function('archiving', () => 0);
      try {
        past.exec(
          verb === 'delete'
            ? `DELETE FROM ${table}`
            : `UPDATE ${table} SET rowid = rowid`.replace(/rowid/g, firstColumn(past, table)),
        );
      } finally {
        past.close();
      }
    },
    reopen: async () => {
      await store.close();
      return openIn(folder);
    },
    close: async () => {
      await store.close();
      folder.remove();
    },
  };
}

function firstColumn(database: Database.Database, table: string): string {
  return (database.pragma(`table_info(${table})`) as { name: string }[])[0]?.name ?? '';
}

storeContract('SQLite', async () => openIn(makeTestFolder()));
describe('SQLite: commit order', () => orderContract(async () => openIn(makeTestFolder())));
inboxContract('SQLite', async () => openIn(makeTestFolder()));
commitContract('SQLite', async () => openIn(makeTestFolder()));

test('[I2] the connection is durable: WAL, synchronous=FULL, foreign keys, all read back', () => {
  const folder = makeTestFolder();
  const database = openWriter(join(folder.path, 'laci.db'));
  const pragmas = ['journal_mode', 'synchronous', 'foreign_keys'].map((name) =>
    database.pragma(name, { simple: true }),
  );
  expect(pragmas).toEqual(['wal', 2, 1]);
  database.close();
  folder.remove();
});

test('[I2] a database that cannot be durable is not opened', () => {
  expect(() => openWriter(':memory:')).toThrow('journal_mode');
});

test('[STORE11] a database of a newer layout is not touched', () => {
  const folder = makeTestFolder();
  const file = join(folder.path, 'laci.db');
  const newer = new Database(file);
  newer.pragma('user_version = 999');
  newer.close();
  expect(() => openWriter(file)).toThrow('layout 999');
  folder.remove();
});

test('[STORE12] a full disk is a fault of the store; nothing was written, and reading goes on', async () => {
  const folder = makeTestFolder();
  const pagesMax = 80;
  const file = join(folder.path, 'laci.db');
  const store = openSqliteStore(file, { ...deps, pagesMax });
  const put = (id: string, size: number) =>
    store.write([COMPANY_SCOPE], (tx) =>
      tx.putDocument('products', { id, scope: COMPANY_SCOPE, json: 'x'.repeat(size) }),
    );
  await put('small', 10);
  await expect(put('large', 1_000_000)).rejects.toSatisfy((error) => error instanceof StoreFault && error.full);
  expect(await store.read((tx) => tx.countDocuments('products', COMPANY_SCOPE, 0))).toBe(1);
  expect(await put('small too', 10)).toBe(2);
  await store.close();
  folder.remove();
});

test('[STORE28] while another process holds the lock others are served, and what was to be written is written after', async () => {
  const folder = makeTestFolder();
  const file = join(folder.path, 'laci.db');
  const store = openSqliteStore(file, deps);
  const put = () =>
    store.write([COMPANY_SCOPE], (tx) =>
      tx.putDocument('products', { id: 'coffee', scope: COMPANY_SCOPE, json: '{}' }),
    );
  const count = () => store.read((tx) => tx.countDocuments('products', COMPANY_SCOPE, 0));
  const outside = new Database(file);
  outside.exec('BEGIN IMMEDIATE');
  const writing = put();
  expect(await count()).toBe(0);
  outside.exec('COMMIT');
  expect([await writing, await count()]).toEqual([1, 1]);

  outside.exec('BEGIN IMMEDIATE');
  await expect(put()).rejects.toBeInstanceOf(StoreFault);
  outside.exec('COMMIT');
  expect(await put()).toBe(2);
  outside.close();
  await store.close();
  folder.remove();
});

test('[STORE26] a page of recorded edits is found by an index and sorts nothing, however many there are', () => {
  const folder = makeTestFolder();
  const database = openWriter(join(folder.path, 'laci.db'));
  const plan = database.prepare(`EXPLAIN QUERY PLAN ${EDITS_BEFORE}`).all(9, '', '', 50) as { detail: string }[];
  expect(plan.map(({ detail }) => detail)).toEqual([expect.stringMatching(/^SEARCH edit USING INDEX edit_arrival /)]);
  database.close();
  folder.remove();
});

test('[STORE27] entries that cannot be read are found by their own index and sort nothing', () => {
  const folder = makeTestFolder();
  const database = openWriter(join(folder.path, 'laci.db'));
  const plan = database.prepare(`EXPLAIN QUERY PLAN ${UNREADABLE}`).all('', 'utama', 50) as { detail: string }[];
  expect(plan.map(({ detail }) => detail)).toEqual([
    expect.stringMatching(/^SEARCH e USING INDEX entry_unreadable /),
    expect.stringMatching(/^SEARCH s USING INDEX sqlite_autoindex_entry_state_1 /),
  ]);
  database.close();
  folder.remove();
});
