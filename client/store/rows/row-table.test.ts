import 'fake-indexeddb/auto';
import { prepareQuery } from 'rxdb';
import { expect, test, vi } from 'vitest';
import { COLLECTION_SCHEMAS } from '../../../schema/collections.ts';
import { openDatabase } from '../database.ts';
import { createDexieStorage } from '../dexie-storage.ts';
import { item, openItems } from '../log/open-collection.ts';
import { createRowStorage } from './row-storage.ts';
import { answerOf, openRowTable, type RowTable } from './row-table.ts';

const SCHEMA = { version: 0, primaryKey: 'id', indexes: ['age'] } as const;
let opened = 0;
const open = (indexedDb: IDBFactory = indexedDB) => {
  opened += 1;
  return openRowTable(`rows-${opened}`, SCHEMA as never, indexedDb);
};
const put = (table: RowTable, ...ids: string[]) =>
  table.write(async (rows) => {
    for (const id of ids) rows.put({ id, age: 1, _deleted: '0', _meta: { lwt: 1 } });
  });
const keys = (table: RowTable) => table.read((rows) => answerOf(rows.getAllKeys()));

/** Every table and index of a database as the disk has it. */
async function layoutOf(name: string): Promise<unknown> {
  const database = await answerOf(indexedDB.open(name));
  const tables = [...database.objectStoreNames].map((table) => {
    const store = database.transaction(table).objectStore(table);
    const indexes = [...store.indexNames].map((index) => {
      const { keyPath, unique, multiEntry } = store.index(index);
      return { index, keyPath, unique, multiEntry };
    });
    return { table, keyPath: store.keyPath, autoIncrement: store.autoIncrement, indexes };
  });
  database.close();
  return { version: database.version, tables };
}

test('[DISK18] rows lie as RxDB’s Dexie storage lays them, for every collection', async () => {
  for (const [slot, storage] of [
    ['by-dexie', createDexieStorage()],
    ['by-rows', createRowStorage(indexedDB)],
  ] as const)
    await (await openDatabase(slot, storage)).close();
  const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
  const byRows = names.filter((name) => name.includes('laci-by-rows--'));
  expect(byRows).toHaveLength(Object.keys(COLLECTION_SCHEMAS).length + 1);
  for (const name of byRows)
    expect(await layoutOf(name)).toEqual(await layoutOf(name.replace('laci-by-rows', 'laci-by-dexie')));
});

test('[DISK18] what a newer app laid out in another way is left alone', async () => {
  const table = await open();
  table.close();
  (await answerOf(indexedDB.open(`rows-${opened}`, 20))).close();
  await expect(openRowTable(`rows-${opened}`, SCHEMA as never, indexedDB)).rejects.toThrow(/version/i);
});

test('[DISK1] a write of rows is strict, and is told when its transaction is done', async () => {
  const begin = vi.spyOn(IDBDatabase.prototype, 'transaction');
  const table = await open();
  await put(table, 'a');
  expect(begin.mock.calls.at(-1)?.slice(1)).toEqual(['readwrite', { durability: 'strict' }]);
  expect(await keys(table)).toEqual(['a']);
  table.close();
});

test('[DISK4] a write of rows that fails half way leaves nothing, and says why', async () => {
  const table = await open();
  await expect(
    table.write(async (rows) => {
      rows.put({ id: 'a', _deleted: '0' });
      await answerOf(rows.get('a'));
      throw new Error('The judge failed.');
    }),
  ).rejects.toThrow('The judge failed.');
  await expect(
    table.write(async (rows) => {
      rows.put({ id: 'b', _deleted: '0' });
      await answerOf(rows.add({ id: 'b', _deleted: '0' }));
    }),
  ).rejects.toMatchObject({ name: 'ConstraintError' });
  expect(await keys(table)).toEqual([]);
  table.close();
});

const row = (id: string, age = 1) => ({ id, age, _deleted: '0', _meta: { lwt: age } });

test('[DISK23] [DISK1] one new row is strict, and its transaction is ended with it', async () => {
  const [begin, end] = [vi.spyOn(IDBDatabase.prototype, 'transaction'), vi.spyOn(IDBTransaction.prototype, 'commit')];
  const table = await open();
  end.mockClear();
  expect(await table.add(row('a'))).toBe(true);
  expect(begin.mock.calls.at(-1)?.slice(1)).toEqual(['readwrite', { durability: 'strict' }]);
  expect(end).toHaveBeenCalledTimes(1);
  expect(await keys(table)).toEqual(['a']);
  table.close();
});

test('[TILL26] [DISK23] a row is proven between its handing over and its end; one that is refused ends as if it never was', async () => {
  const table = await open();
  const [add, commit] = [vi.spyOn(IDBObjectStore.prototype, 'add'), vi.spyOn(IDBTransaction.prototype, 'commit')];
  const calls = () => [add, commit].map(({ mock }) => mock.calls.length);
  const before = calls();
  const asked: number[][] = [];
  const note = () => void asked.push(calls().map((count, at) => count - (before[at] ?? 0)));
  const refused = new Error('unreadable');
  const refuse = () => {
    note();
    throw refused;
  };
  await expect(table.add(row('a', 1), refuse)).rejects.toBe(refused);
  expect(await table.add(row('a', 2), note)).toBe(true);
  note();
  expect(asked).toEqual([
    [1, 0],
    [2, 0],
    [2, 1],
  ]);
  expect(await table.read((rows) => answerOf(rows.getAll()))).toMatchObject([{ id: 'a', age: 2 }]);
  table.close();
});

test.each([
  ['goes on', () => undefined],
  ['aborts', (transaction: IDBTransaction) => transaction.addEventListener('error', () => transaction.abort())],
])('[DISK23] a row whose key is taken leaves what is there, where the browser then %s', async (_what, end) => {
  const table = await open();
  await table.add(row('a', 1));
  const commit = vi.spyOn(IDBTransaction.prototype, 'commit').mockImplementation(function (this: IDBTransaction) {
    end(this);
  });
  expect(await table.add(row('a', 2))).toBe(false);
  expect(await table.read((rows) => answerOf(rows.getAll()))).toMatchObject([{ id: 'a', age: 1 }]);
  expect(await table.add(row('b', 3))).toBe(true);
  commit.mockRestore();
  table.close();
});

test('[DISK23] [DISK4] a disk that fails when a row is to end is told, though the row was said to be there', async () => {
  const table = await open();
  const full = new DOMException('no room', 'QuotaExceededError');
  const commit = vi.spyOn(IDBTransaction.prototype, 'commit').mockImplementation(function (this: IDBTransaction) {
    this.addEventListener('complete', (event) => event.stopImmediatePropagation());
    Object.defineProperty(this, 'error', { get: () => full });
    setTimeout(() => this.onabort?.(new Event('abort')), 50);
    this.oncomplete = null;
  });
  await expect(table.add(row('a'))).rejects.toBe(full);
  commit.mockRestore();
  table.close();
});

test('[DISK23] [DISK4] a transaction that ended before its end was asked for is told once, and nothing was written', async () => {
  const table = await open();
  const loose = vi.fn();
  process.on('unhandledRejection', loose);
  const add = IDBObjectStore.prototype.add;
  const aborting = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(function (this: IDBObjectStore, doc) {
    const request = add.call(this, doc);
    this.transaction.abort();
    return request;
  });
  await expect(table.add(row('a'))).rejects.toThrow();
  aborting.mockRestore();
  expect(await keys(table)).toEqual([]);
  await new Promise((resolve) => setTimeout(resolve, 50));
  process.off('unhandledRejection', loose);
  expect(loose).not.toHaveBeenCalled();
  table.close();
});

test('[DISK18] more rows than are looked at at once are all looked at', async () => {
  const items = await openItems(createRowStorage(indexedDB), 'many');
  const names = Array.from({ length: 1_203 }, (_, n) => `i${String(n).padStart(4, '0')}`);
  const docs = names.map((id, n) => ({ document: item(id, n % 7, { name: n % 400 === 3 ? 'rare' : 'often' }) }));
  await items.bulkWrite(docs as never, 'test');
  const ask = (limit?: number) =>
    prepareQuery(
      items.schema as never,
      {
        selector: { _deleted: { $eq: false }, name: { $regex: '^r' } },
        sort: [{ age: 'asc' }, { id: 'asc' }],
        skip: 0,
        ...(limit ? { limit } : {}),
      } as never,
    );
  const found = async (limit?: number) => (await items.query(ask(limit) as never)).documents.map(({ id }) => id);
  expect(await found()).toEqual(['i0003', 'i0403', 'i0803']);
  const pages = vi.spyOn(IDBIndex.prototype, 'getAll');
  // 516 rows come before the first of them, and 688 before the second.
  expect(await found(1)).toEqual(['i0003']);
  expect(pages.mock.calls.length).toBe(2);
  await items.close();
});
