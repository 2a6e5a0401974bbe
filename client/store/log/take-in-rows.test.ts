import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { createBrowserDisks } from '../browser-disk.ts';
import { createDexieStorage } from '../dexie-storage.ts';
import { createDisk } from '../disk.ts';
import { createRxDisks } from '../rx-disk.ts';
import { createDiskStorage } from '../storage.ts';
import { item, itemsIn, openItems } from './open-collection.ts';

const timers = { after: () => () => undefined };
const random = { number: () => 0, bytes: (count: number) => new Uint8Array(count) };
const openOld = () => createBrowserDisks(createDisk(), { timers, clock: () => 1, random })('old');
const IDS = ['a', 'b', 'c'];
const insert = (ids: readonly string[]) => ids.map((id) => ({ document: item(id, 1) })) as never;
const edit = (n: number, verdict: object | null = null) =>
  ({ editId: `edit-${n}`, order: n, edit: { n }, verdict }) as never;
const product = (n: number) =>
  ({
    id: `p${n}`,
    scope: '*',
    rev: { epoch: 1, n },
    name: `${n}`,
    price: 1,
    barcodes: [],
    category: 'c',
    unitScale: 1,
    taxId: 't',
    active: true,
  }) as never;
const databasesOf = async (slot: string) =>
  (await indexedDB.databases()).flatMap(({ name }) => (name?.includes(`laci-${slot}--`) ? [name] : [])).sort();

async function onDexie(slot: string) {
  const disk = await createRxDisks(createDexieStorage(), timers)(slot);
  await disk.shelves.edits.insertAll([edit(1), edit(2)]);
  await disk.shelves.products.insertAll(Array.from({ length: 2_500 }, (_, n) => product(n)));
  await disk.shelves.products.remove(['p7']);
  await disk.shelves.journal.insert({ id: `${'d'.repeat(16)}:0000000001`, body: {} } as never);
  return disk;
}

test('[DISK16] [F13] what lay in Dexie is in the log after the first start, and Dexie keeps the journals alone', async () => {
  await (await onDexie('old')).close();
  const disk = await openOld();
  await disk.log?.begin();
  // RxDB comes with sync, and takes in what it noted beside the collections.
  const replication = disk.createReplication('products', 10);
  await replication.start(
    async () => ({ documents: [], checkpoint: null }),
    () => undefined,
  );
  await replication.stop();
  await disk.close();
  const left = (await databasesOf('old')).map((name) => name.split('--').at(-1));
  expect(left).toEqual(['log', 'branchJournal', 'journal']);
  const again = await openOld();
  expect(await again.shelves.edits.find({ sort: ['editId'] })).toEqual([edit(1), edit(2)]);
  expect(await again.shelves.products.count()).toBe(2_499);
  expect(await again.shelves.journal.count()).toBe(1);
  await again.close();
});

test('[DISK16] a tab that only looks removes nothing, and what the other one writes meanwhile comes along', async () => {
  const older = await openItems(createDexieStorage(), 'two');
  await older.bulkWrite(insert(['a', 'b']), '');
  const storage = createDiskStorage();
  const looking = await openItems(storage, 'two');
  expect(await itemsIn(looking, IDS)).toEqual({ a: 1, b: 1 });
  await older.bulkWrite(insert(['c']), '');
  expect(await itemsIn(older, IDS)).toEqual({ a: 1, b: 1, c: 1 });
  await older.close();
  await storage.activate('two');
  expect(await itemsIn(looking, IDS)).toEqual({ a: 1, b: 1, c: 1 });
  await looking.close();
});

test('[DISK16] [F2] cut off anywhere, the next start does the rest', async () => {
  const add = IDBObjectStore.prototype.add;
  const many = Array.from({ length: 2_500 }, (_, n) => `i${n}`);
  for (let failing = 1; failing <= 3; failing += 1) {
    const name = `cut-${failing}`;
    const older = await openItems(createDexieStorage(), name);
    await older.bulkWrite(insert(many), '');
    await older.close();
    let left = failing;
    IDBObjectStore.prototype.add = function (this: IDBObjectStore, ...args: Parameters<typeof add>) {
      const request = add.apply(this, args);
      left -= 1;
      if (left === 0) this.transaction.abort();
      return request;
    };
    await expect(openItems(createDiskStorage(), name)).rejects.toThrow();
    IDBObjectStore.prototype.add = add;
    const storage = createDiskStorage();
    const items = await openItems(storage, name);
    await storage.activate(name);
    expect(Object.keys(await itemsIn(items, many))).toHaveLength(many.length);
    await items.close();
  }
});
