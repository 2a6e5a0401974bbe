import Database from 'better-sqlite3';
import { afterEach, expect, test, vi } from 'vitest';
import { createTestJournal } from '../testing/test-device.ts';
import { signedRows } from '../testing/test-push.ts';
import { openTestShop } from '../testing/test-shop.ts';
import { pushWhileKnown } from './push-journal.ts';

afterEach(() => vi.restoreAllMocks());

/** What SQLite is asked while `act` runs: the beginning of each statement, in order. */
async function statementsOf(act: () => Promise<unknown>): Promise<string[]> {
  const asked: string[] = [];
  const database = new Database(':memory:');
  const statement = Object.getPrototypeOf(database.prepare('SELECT 1')) as Record<
    string,
    (...args: unknown[]) => unknown
  >;
  database.close();
  const spies = ['run', 'get', 'all'].map((name) => {
    const original = statement[name];
    return vi.spyOn(statement, name).mockImplementation(function (this: { readonly source: string }, ...args) {
      asked.push(this.source.replace(/\s+/g, ' ').slice(0, 26));
      return original?.apply(this, args);
    });
  });
  await act();
  for (const spy of spies) spy.mockRestore();
  return asked;
}

test('[PUSH14] [STORE31] the next sale of a till asks one thing about itself, and writes what it changes', async () => {
  const shop = await openTestShop();
  for (const product of ['coffee', 'tea']) await shop.addProduct(product);
  const till = await shop.enrol('till', 'K1');
  const journal = createTestJournal(till);
  const sell = () => pushWhileKnown(shop.core, till.stored, signedRows(till, [journal.sell('coffee' as never, 1)]), 5);
  await sell();
  const statements = await statementsOf(sell);
  expect(statements).toEqual([
    'BEGIN IMMEDIATE',
    'PRAGMA data_version',
    'SELECT EXISTS (SELECT 1 FR',
    'INSERT INTO entry (id, dev',
    'INSERT INTO entry_state (i',
    'INSERT INTO sold_cart (sco',
    'INSERT OR REPLACE INTO hea',
    'INSERT INTO document (coll',
    'INSERT INTO commit_tag (sc',
    'INSERT OR REPLACE INTO sco',
    'COMMIT',
  ]);
  await shop.close();
});
