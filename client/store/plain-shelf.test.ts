import 'fake-indexeddb/auto';
import type { RxCollection } from 'rxdb';
import { expect, test } from 'vitest';
import { COLLECTION_SCHEMAS } from '../../schema/collections.ts';
import { must } from '../../schema/result.ts';
import { COLLECTIONS, type CollectionName } from '../../schema/roles.ts';
import { databaseNameOf } from './database-name.ts';
import { createDisk } from './disk.ts';
import type { Finding } from './findings.ts';
import type { OwnEntry } from './journal.ts';
import { openOver } from './open-over.ts';
import { createPlainShelf } from './plain-shelf.ts';
import { createRows } from './rows/rows.ts';
import type { InsideCollection } from './stored-collection.ts';
import { storedSchema } from './stored-schema.ts';
import { createStamp } from './write-stamp.ts';

const disk = createDisk();
const stamp = () => createStamp('tab', () => Date.now());
const placeOf = (databaseName: string, collectionName: CollectionName) => ({
  ...{ databaseName, collectionName },
  schema: storedSchema(COLLECTION_SCHEMAS[collectionName]),
});

async function openAll(slot: string): Promise<Record<CollectionName, InsideCollection>> {
  const opened = COLLECTIONS.map(async (name) => [name, await disk.open(placeOf(databaseNameOf(slot), name))]);
  return Object.fromEntries(await Promise.all(opened));
}

const finding = (id: string, detail: string) => ({ id, kind: 'disk', about: id, at: 1, detail: { detail } }) as never;
const own = (seq: number, at = 1) => ({ id: `${'d'.repeat(16)}:${String(seq).padStart(10, '0')}`, seq, at }) as never;

test.each([
  ['a log', 'findings', (n: number, more: number) => finding(`f${n}`, `${more}`)],
  ['rows', 'journal', (n: number, more: number) => own(n, more)],
] as const)(
  '[SHELF8] a shelf over %s and RxDB hear each other, and write over each other',
  async (_name, name, make) => {
    const collections = await openAll(`both-${name}`);
    const shelf = createPlainShelf<Finding | OwnEntry>(collections[name], stamp());
    await shelf.insertAll([make(1, 1), make(2, 1)]);
    const database = await openOver(`both-${name}`, disk, collections);
    const rx = database.collections[name] as RxCollection<object>;
    const heard: { shelf: unknown[]; rx: string[]; removed: string[] } = { shelf: [], rx: [], removed: [] };
    shelf.onWritten((docs) => heard.shelf.push(...docs));
    shelf.onRemoved((ids) => heard.removed.push(...ids));
    rx.$.subscribe(({ operation, documentId }) => heard.rx.push(`${operation} ${documentId}`));
    const { id } = make(1, 1) as { id: string };

    expect((await rx.findOne(id).exec())?.toJSON()).toEqual(make(1, 1));
    await rx.incrementalUpsert(make(1, 2));
    await shelf.replace(make(1, 3));
    expect((await rx.findOne(id).exec())?.toJSON()).toEqual(make(1, 3));
    // At once: whichever comes second meets the first as a conflict, and stands.
    await Promise.all([rx.incrementalUpsert(make(1, 4)), shelf.replace(make(1, 5)), shelf.replace(make(1, 6))]);
    expect((await rx.findOne(id).exec())?.toJSON()).toEqual((await shelf.byIds([id]))[0]);
    expect(await shelf.insert(make(1, 7))).toBe(false);
    await expect(rx.insert(make(2, 7))).rejects.toThrow();
    await (await rx.findOne(id).exec())?.remove();
    expect(await shelf.byIds([id])).toEqual([]);
    // The mark of it is there still.
    expect(await shelf.insert(make(1, 8))).toBe(true);
    await shelf.remove([id]);
    expect(await rx.count().exec()).toBe(1);

    expect(heard.shelf.slice(0, 2)).toEqual([make(1, 2), make(1, 3)]);
    expect(heard.shelf.at(-1)).toEqual(make(1, 8));
    expect(heard.removed).toEqual([id, id]);
    expect(heard.rx).toEqual([...Array(5).fill(`UPDATE ${id}`), `DELETE ${id}`, `INSERT ${id}`, `DELETE ${id}`]);
    await database.close();
    await shelf.insert(make(3, 1));
    expect(await shelf.count()).toBe(2);
    for (const collection of Object.values(collections)) await collection.close();
  },
);

test('[SHELF8] RxDB that failed to open leaves the shelves as they are, and opens when it is asked again', async () => {
  const collections = await openAll('again');
  const shelf = createPlainShelf<Finding>(collections.findings, stamp());
  const failing = { ...disk, open: () => Promise.reject(new Error('The disk failed.')) };
  await expect(openOver('again', failing, collections)).rejects.toThrow();
  expect(await shelf.insert(finding('f1', 'a'))).toBe(true);
  const database = await openOver('again', disk, collections);
  expect(await database.collections.findings.count().exec()).toBe(1);
  await database.close();
  for (const collection of Object.values(collections)) await collection.close();
});

test('[DISK20] a log is read out with the first of its pages, not when they are handed over', async () => {
  const collections = await openAll('pages');
  const { findings } = collections;
  await createPlainShelf<Finding>(findings, stamp()).insert(finding('f1', 'a'));
  let asked = 0;
  const allDocuments = () => {
    asked += 1;
    return must(findings.inside.allDocuments, 'the documents of a log')();
  };
  const watched = { ...findings, inside: { ...findings.inside, allDocuments } };
  const pages = createPlainShelf<Finding>(watched, stamp()).inMemory?.(10);
  expect(asked).toBe(0);
  expect([...(pages ?? [])].flat()).toEqual([finding('f1', 'a')]);
  expect(asked).toBe(1);
  for (const collection of Object.values(collections)) await collection.close();
});

test('[SHELF4] rows refuse a question that none of their indexes answers', async () => {
  const rows = await createRows(indexedDB).open(placeOf('laci-asked', 'branchJournal'));
  const shelf = createPlainShelf(rows, stamp());
  await expect(shelf.find({ where: { kind: 'sale' } })).rejects.toThrow('No index');
  await expect(shelf.find({ where: { seq: 1 }, sort: ['receivedAt'] })).rejects.toThrow('No index');
  await expect(shelf.find({ sort: ['kind'] })).rejects.toThrow();
  expect(await shelf.find({ where: { receivedAt: { $gte: 1 } }, sort: ['receivedAt'], limit: 0 })).toEqual([]);
  await rows.close();
});

test('[DISK18] rows that no RxDB opened lie as those that RxDB opened', async () => {
  const layout = async (name: string) => {
    const request = indexedDB.open(name);
    const database = await new Promise<IDBDatabase>((resolve) => {
      request.onsuccess = () => resolve(request.result);
    });
    const indexes = [...database.transaction('docs').objectStore('docs').indexNames];
    database.close();
    return indexes;
  };
  const { createRowStorage } = await import('./rows/row-storage.ts');
  const { openDatabase } = await import('./database.ts');
  await (await openDatabase('laid', createRowStorage(indexedDB))).close();
  for (const name of COLLECTIONS) {
    const rows = await createRows(indexedDB).open(placeOf('laci-plain', name));
    await rows.close();
    expect(await layout(`rxdb-dexie-laci-plain--0--${name}`)).toEqual(await layout(`rxdb-dexie-laci-laid--0--${name}`));
  }
});
