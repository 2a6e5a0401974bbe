import 'fake-indexeddb/auto';
import { afterEach, expect, test } from 'vitest';
import { checksum } from './checksum.ts';
import { type LogEdit, type LogFile, openLogFile } from './log-file.ts';
import { encodeRecord, type StoredDoc } from './log-record.ts';
import { createLogStorage, type LogStorage } from './log-storage.ts';
import { type ItemStorage, item, itemsIn, openItems } from './open-collection.ts';

const IDS = ['a', 'b', 'c', 'd', 'e'];
const open: ItemStorage[] = [];
afterEach(async () => {
  for (const items of open.splice(0)) await items.close();
});

let databases = 0;
function newDatabase(): string {
  databases += 1;
  return `log-${databases}`;
}

/** What happens at each transaction, and before it. */
type Hook = (change: LogEdit) => Promise<void> | void;

function storageWith(hook: Hook = () => undefined): LogStorage {
  return createLogStorage({
    openFile: async (name) => {
      const file = await openLogFile(name, indexedDB);
      const edit: LogFile['edit'] = async (after, change) => {
        await hook(change);
        return file.edit(after, change);
      };
      return { ...file, edit };
    },
  });
}

async function openIn(database: string, storage = storageWith(), collection = 'items'): Promise<ItemStorage> {
  const items = await openItems(storage, database, collection);
  open.push(items);
  return items;
}

async function restart(database: string, items: ItemStorage): Promise<ItemStorage> {
  await items.close();
  return openIn(database);
}

const insert = (...docs: readonly StoredDoc[]) => docs.map((document) => ({ document })) as never;
const update = (previous: StoredDoc, document: StoredDoc) => [{ previous, document }] as never;

test('[DISK10] writes that come together go in one transaction, in their order, each with its own answer', async () => {
  const transactions: number[] = [];
  const database = newDatabase();
  const storage = storageWith(({ add }) => void transactions.push(add.length));
  const items = await openIn(database, storage);
  const others = await openIn(database, storage, 'others');
  const answers = await Promise.all([
    items.bulkWrite(insert(item('a', 1), item('b', 2)), ''),
    others.bulkWrite(insert(item('a', 7)), ''),
    items.bulkWrite(update(item('a', 1), item('a', 3, { height: 2 })), ''),
    items.bulkWrite(insert(item('b', 4)), ''),
  ]);
  expect(answers.map(({ error }) => error.map(({ status }) => status))).toEqual([[], [], [], [409]]);
  expect(transactions.reduce((sum, count) => sum + count, 0)).toBe(3);
  expect(transactions.length).toBeLessThan(3);
  expect(await itemsIn(await restart(database, items), IDS)).toEqual({ a: 3, b: 2 });
  expect(await itemsIn(others, IDS)).toEqual({ a: 7 });
});

test('[DISK10] nothing is read before it is on the disk', async () => {
  const { promise: written, resolve: write } = Promise.withResolvers<void>();
  const items = await openIn(
    newDatabase(),
    storageWith(() => written),
  );
  let answered = false;
  const writing = items.bulkWrite(insert(item('a', 1)), '').then(() => {
    answered = true;
  });
  const heard: number[] = [];
  items.changeStream().subscribe(({ events }) => heard.push(events.length));
  expect([await itemsIn(items, IDS), answered, heard]).toEqual([{}, false, []]);
  write();
  await writing;
  expect([await itemsIn(items, IDS), heard]).toEqual([{ a: 1 }, [1]]);
});

test('[DISK12] whichever write fails leaves nothing of itself, and the others are whole', async () => {
  for (let failing = 1; ; failing += 1) {
    const database = newDatabase();
    let left = failing;
    const items = await openIn(
      database,
      storageWith(() => {
        left -= 1;
        if (left === 0) throw new Error('The disk failed.');
      }),
    );
    const a = item('a', 1);
    const steps = [
      () => items.bulkWrite(insert(a, item('b', 2)), ''),
      () => items.bulkWrite(update(a, item('a', 5, { height: 2 })), ''),
      () => items.bulkWrite(insert(item('c', 3)), ''),
      () => items.bulkWrite(update(item('c', 3), item('c', 3, { height: 2, deleted: true })), ''),
      () => items.cleanup(0),
    ];
    const failed: boolean[] = [];
    for (const step of steps)
      failed.push(
        await step().then(
          () => false,
          () => true,
        ),
      );
    const inMemory = await itemsIn(items, IDS);
    expect(await itemsIn(await restart(database, items), IDS)).toEqual(inMemory);
    expect(failed.filter(Boolean).length).toBe(left > 0 ? 0 : 1);
    if (left > 0) {
      expect(inMemory).toEqual({ a: 5, b: 2 });
      return;
    }
  }
});

test('[DISK12] a write that cannot be made fails none that came with it', async () => {
  const database = newDatabase();
  const items = await openIn(
    database,
    storageWith(({ add }) => {
      if (add.some((record) => 'text' in record && record.text.includes('"b"'))) throw new Error('QuotaExceededError');
    }),
  );
  const unwritable = { ...item('c', 1), more: 1n } as never;
  const ends = await Promise.allSettled(
    [item('a', 1), item('b', 2), unwritable, item('d', 4)].map((doc) => items.bulkWrite(insert(doc), '')),
  );
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
  expect(await itemsIn(await restart(database, items), IDS)).toEqual({ a: 1, d: 4 });
});

test('[DISK13] [F29] a tab that slept reads what another one wrote before it writes, and meets it as a conflict', async () => {
  const database = newDatabase();
  const asleep = await openIn(database);
  const a = item('a', 1);
  await asleep.bulkWrite(insert(a, item('b', 2)), '');
  const other = await openIn(database);
  await other.bulkWrite(update(a, item('a', 5, { height: 2 })), '');
  await other.bulkWrite(insert(item('c', 3)), '');
  const heard: string[] = [];
  asleep.changeStream().subscribe(({ events }) => heard.push(...events.map(({ documentId }) => documentId)));
  const late = await asleep.bulkWrite(update(a, item('a', 7, { height: 2, lwt: 2 })), '');
  expect(late.error.map(({ status }) => status)).toEqual([409]);
  expect(heard).toEqual(['a', 'c']);
  expect((await asleep.bulkWrite(insert(item('c', 9)), '')).error.map(({ status }) => status)).toEqual([409]);
  expect((await asleep.bulkWrite(insert(item('d', 4)), '')).error).toEqual([]);
  const expected = { a: 5, b: 2, c: 3, d: 4 };
  expect(await itemsIn(asleep, IDS)).toEqual(expected);
  await other.close();
  expect(await itemsIn(await restart(database, asleep), IDS)).toEqual(expected);
});

test('[DISK13] a tab that takes over has what the other one left, removals and rewritten records included', async () => {
  const database = newDatabase();
  const storage = storageWith();
  const passive = await openIn(database, storage);
  const other = storageWith();
  const active = await openIn(database, other);
  const a = item('a', 1);
  await active.bulkWrite(insert(a, item('b', 2)), '');
  await storage.activate(database);
  expect(await itemsIn(passive, IDS)).toEqual({ a: 1, b: 2 });
  await other.activate(database);
  await active.bulkWrite(update(a, item('a', 1, { height: 2, deleted: true })), '');
  await active.cleanup(0);
  await (await other.log(database))?.replace('items.0', async () => ({
    drop: [1, 2, 3],
    add: [encodeRecord('items.0', 'id', {})],
  }));
  await storage.activate(database);
  expect(await itemsIn(passive, IDS)).toEqual({});
});

test('[DISK20] a collection is read out when it is first asked for, and no other one waits for it', async () => {
  const database = newDatabase();
  await openIn(database, storageWith(), 'others').then((others) => others.bulkWrite(insert(item('a', 7)), ''));
  // Whole by its sum, and no JSON: whoever reads it out fails.
  const record = { collection: 'items.0', key: 'id', text: '{', sum: checksum('items.0', 'id', '{') };
  const storage = createLogStorage({
    openFile: async (name) => {
      const file = await openLogFile(name, indexedDB);
      return { ...file, readAll: (take) => file.readAll((n, value) => [value, record].map((one) => take(n, one))) };
    },
  });
  const items = await openIn(database, storage);
  const others = await openIn(database, storage, 'others');
  expect(await itemsIn(others, IDS)).toEqual({ a: 7 });
  await expect(items.findDocumentsById(['a'], true)).rejects.toThrow(SyntaxError);
});
