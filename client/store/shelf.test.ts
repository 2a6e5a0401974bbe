import 'fake-indexeddb/auto';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { COLLECTION_SCHEMAS } from '../../schema/collections.ts';
import type { BranchEntry } from '../../schema/protocol/pull.ts';
import { must } from '../../schema/result.ts';
import { type DeviceDatabase, openDatabase } from './database.ts';
import { createDexieStorage } from './dexie-storage.ts';
import { openLogFile } from './log/log-file.ts';
import { createLogStorage } from './log/log-storage.ts';
import { createLogs } from './log/logs.ts';
import { createMemoryShelf } from './memory-shelf.ts';
import { createPlainShelf } from './plain-shelf.ts';
import { readInPages } from './read-in-pages.ts';
import { createRowStorage } from './rows/row-storage.ts';
import { createRows } from './rows/rows.ts';
import { createRxShelf } from './rx-shelf.ts';
import type { Shelf } from './shelf.ts';
import { createMemoryStorage } from './storage.ts';
import type { InsideCollection, Storage } from './stored-collection.ts';
import { storedSchema } from './stored-schema.ts';
import { createStamp } from './write-stamp.ts';

/** One contract, held against every implementation. Each case has documents of its own. */
const opened: DeviceDatabase[] = [];
afterAll(async () => {
  for (const database of opened) await database.close();
});

let databases = 0;
async function openRx(storage: Parameters<typeof openDatabase>[1]): Promise<Shelf<BranchEntry>> {
  for (const database of opened.splice(0)) await database.close();
  databases += 1;
  const database = await openDatabase(`shelf-${databases}`, storage);
  opened.push(database);
  return createRxShelf<BranchEntry>(database.collections.branchJournal);
}

const logs = () => createLogs({ openFile: (name) => openLogFile(name, indexedDB) });

/** Without RxDB, as a screen has it. */
async function openPlain(storage: Storage<InsideCollection>): Promise<Shelf<BranchEntry>> {
  databases += 1;
  const schema = storedSchema(COLLECTION_SCHEMAS.branchJournal);
  const place = { databaseName: `plain-${databases}`, collectionName: 'branchJournal', schema };
  return createPlainShelf<BranchEntry>(
    await storage.open(place),
    createStamp('tab', () => 1),
  );
}

function entry(seq: number, receivedAt = seq, deviceId = 'd'.repeat(16)): BranchEntry {
  return {
    id: `${deviceId}:${String(seq).padStart(10, '0')}`,
    deviceId,
    seq,
    branch: 'utama',
    kind: 'sale',
    at: 1,
    hash: 'a'.repeat(64),
    receivedAt,
    verdict: 'accepted',
    flags: [],
    entry: { nested: { list: [1, { deep: true }], unknown: null } },
  } as unknown as BranchEntry;
}

describe.each([
  ['RxDB on Dexie', () => openRx(createDexieStorage())],
  ['RxDB on rows', () => openRx(createRowStorage(indexedDB))],
  ['RxDB on a log', () => openRx(createLogStorage({ openFile: (name) => openLogFile(name, indexedDB) }))],
  ['RxDB in memory', () => openRx(createMemoryStorage())],
  ['plain on a log', () => openPlain(logs())],
  ['plain on rows', () => openPlain(createRows(indexedDB))],
  ['the simulator’s', async () => createMemoryShelf<BranchEntry>('id')],
])('%s shelf', (_name, open) => {
  test('[SHELF1] a document comes back exactly as it went in, unknown fields included', async () => {
    const shelf = await open();
    const odd = { ...entry(1), later: { field: 'of a newer version' } } as BranchEntry;
    expect(await shelf.insert(odd)).toBe(true);
    expect(await shelf.byIds([odd.id])).toEqual([odd]);
    expect(await shelf.find({})).toEqual([odd]);
  });

  test('[SHELF2] an insert never replaces what is there', async () => {
    const shelf = await open();
    await shelf.insert(entry(1, 5));
    expect(await shelf.insert(entry(1, 6))).toBe(false);
    expect((await shelf.byIds([entry(1).id]))[0]?.receivedAt).toBe(5);
    expect(await shelf.count()).toBe(1);
  });

  test('[SHELF2] many are inserted in one go, and none replaces what is there', async () => {
    const shelf = await open();
    const heard: number[] = [];
    shelf.onWritten((docs) => heard.push(docs.length));
    await shelf.insertAll([]);
    await shelf.insertAll([entry(1), entry(2), entry(3)]);
    expect(await shelf.count()).toBe(3);
    expect(heard.reduce((sum, count) => sum + count, 0)).toBe(3);
    await expect(shelf.insertAll([entry(3, 9)])).rejects.toThrow();
    expect((await shelf.byIds([entry(3).id]))[0]).toEqual(entry(3));
  });

  test('[SHELF3] a replace writes the whole document, also over another', async () => {
    const shelf = await open();
    await shelf.replace(entry(1, 5));
    const { entry: _dropped, ...without } = entry(1, 6);
    await shelf.replace(without as BranchEntry);
    expect(await shelf.byIds([entry(1).id])).toEqual([without]);
  });

  test('[SHELF3] many are replaced in one go, those that were there and those that were not', async () => {
    const shelf = await open();
    const heard: string[] = [];
    await shelf.insertAll([entry(1), entry(2)]);
    shelf.onWritten((docs) => heard.push(...docs.map(({ id }) => id)));
    await shelf.replaceAll([]);
    const [first, third] = [{ ...entry(1, 9), later: true } as BranchEntry, entry(3)];
    await shelf.replaceAll([first, third]);
    await shelf.replaceAll([{ ...entry(3, 8) }]);
    expect(await shelf.find({})).toEqual([first, entry(2), entry(3, 8)]);
    expect(heard).toEqual([first.id, third.id, third.id]);
    await shelf.remove([entry(2).id]);
    await shelf.replaceAll([entry(2, 7)]);
    expect(await shelf.byIds([entry(2).id])).toEqual([entry(2, 7)]);
  });

  test('[SHELF4] finds by bounds and by several fields, in order, at most so many', async () => {
    const shelf = await open();
    const other = 'e'.repeat(16);
    for (const [seq, at] of [
      [3, 30],
      [1, 50],
      [2, 10],
    ] as const)
      await shelf.insert(entry(seq, at));
    await shelf.insert(entry(2, 40, other));
    const seqs = async (query: Parameters<typeof shelf.find>[0]) => (await shelf.find(query)).map(({ seq }) => seq);
    expect(await seqs({ where: { receivedAt: { $gte: 30 } }, sort: ['receivedAt'] })).toEqual([3, 2, 1]);
    expect(await seqs({ where: { receivedAt: { $gte: 0 } }, sort: ['receivedAt'], limit: 2 })).toEqual([2, 3]);
    expect(await seqs({ where: { deviceId: 'd'.repeat(16), seq: { $gte: 2 } }, sort: ['deviceId', 'seq'] })).toEqual([
      2, 3,
    ]);
    expect(await seqs({ where: { id: { $gt: entry(2).id } }, sort: ['id'] })).toEqual([3, 2]);
    expect(await shelf.count()).toBe(4);
  });

  test('[SHELF5] listeners hear of every write, after it, until they stop', async () => {
    const shelf = await open();
    const heard: number[] = [];
    const stop = shelf.onWritten((docs) => heard.push(...docs.map(({ seq }) => seq)));
    await shelf.insert(entry(1));
    await shelf.insert(entry(1));
    await shelf.replace(entry(2));
    stop();
    await shelf.insert(entry(3));
    expect(heard).toEqual([1, 2]);
  });

  test('[SHELF6] what is removed is gone, and may come again as new', async () => {
    const shelf = await open();
    const heard: string[] = [];
    const written: number[] = [];
    for (const seq of [1, 2, 3]) await shelf.insert(entry(seq));
    shelf.onRemoved((ids) => heard.push(...ids));
    shelf.onWritten((docs) => written.push(...docs.map(({ seq }) => seq)));
    await shelf.remove([entry(1).id, entry(3).id, entry(9).id]);
    expect([heard, written, await shelf.count()]).toEqual([[entry(1).id, entry(3).id], [], 1]);
    expect(await shelf.byIds([entry(1).id])).toEqual([]);
    expect(await shelf.insert(entry(1, 7))).toBe(true);
    expect((await shelf.find({ sort: ['receivedAt'] })).map(({ receivedAt }) => receivedAt)).toEqual([2, 7]);
  });
});

test.each([
  ['a log', true],
  ['rows', false],
])('[SHELF7] all of a collection on %s comes page by page, without what was removed', async (name, isInMemory) => {
  const shelf = await openPlain(name === 'a log' ? logs() : createRows(indexedDB));
  expect(shelf.inMemory?.(2) !== null).toBe(isInMemory);
  const read = async () => {
    const pages: number[][] = [];
    await readInPages(shelf, (page) => pages.push(page.map(({ seq }) => seq)), { size: 2 });
    return pages;
  };
  expect((await read()).flat()).toEqual([]);
  await shelf.insertAll([1, 2, 3, 4, 5].map((seq) => entry(seq)));
  await shelf.remove([entry(2).id]);
  const pages = await read();
  expect(pages.flat().sort()).toEqual([1, 3, 4, 5]);
  expect(Math.max(...pages.map(({ length }) => length))).toBe(2);
});

test('[SHELF7] a page of an index on rows is read in one go, exactly as it was written', async () => {
  const shelf = await openPlain(createRows(indexedDB));
  const odd = { ...entry(2), later: { '|kept': { by: [null, { '|too': 1 }] } } } as BranchEntry;
  await shelf.insertAll([entry(1), odd, entry(3)]);
  await shelf.remove([entry(1).id]);
  const cursor = vi.spyOn(IDBIndex.prototype, 'openCursor');
  const pages = vi.spyOn(IDBIndex.prototype, 'getAll');
  expect(await shelf.find({ where: { id: { $gt: entry(1).id } }, sort: ['id'], limit: 1 })).toEqual([odd]);
  expect(await shelf.find({ where: { receivedAt: { $gte: 2 } }, sort: ['receivedAt'] })).toEqual([odd, entry(3)]);
  expect([pages.mock.calls.length, cursor.mock.calls.length]).toEqual([2, 0]);
});

test.each([
  ['Dexie', createDexieStorage],
  ['rows', () => createRowStorage(indexedDB)],
  ['a log', () => createLogStorage({ openFile: (name) => openLogFile(name, indexedDB) })],
  ['memory', createMemoryStorage],
])('[SHELF6] nothing of a removed document stays in RxDB on %s, whatever the clock says', async (_name, storage) => {
  const shelf = await openRx(storage());
  const ids = [1, 2, 3].map((seq) => entry(seq).id);
  const raw = must(opened[0], 'a database').collections.branchJournal.storageInstance;
  for (const seq of [1, 2, 3]) await shelf.insert(entry(seq));
  vi.useFakeTimers({ now: Date.now() + 1_000_000, toFake: ['Date'] });
  await shelf.remove(ids.slice(0, 1));
  vi.useRealTimers();
  await shelf.remove(ids.slice(1, 2));
  expect((await raw.findDocumentsById(ids, true)).map(({ id }) => id)).toEqual([ids[2]]);
});
