import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { checksum } from './checksum.ts';
import { type LogFile, openLogFile } from './log-file.ts';
import type { LogRecord } from './log-record.ts';
import { createLogStorage } from './log-storage.ts';
import { item, itemsIn, openItems } from './open-collection.ts';

const POSITION = 'rx-replication-meta-abc';
const IDS = ['a', 'b', 'c', 'd'];

/** How a disk damages a record: the value that comes back in its place. */
type Damage = (value: { text: string }) => unknown;

async function openDamaged(database: string, damaged: number, damage: Damage) {
  const openFile = async (name: string): Promise<LogFile> => {
    const file = await openLogFile(name, indexedDB);
    return {
      ...file,
      readAll: (take) => file.readAll((n, value) => take(n, n === damaged ? damage(value as { text: string }) : value)),
    };
  };
  const storage = createLogStorage({ openFile });
  const items = await openItems(storage, database);
  const positions = await openItems(storage, database, POSITION);
  return { storage, items, positions, close: () => Promise.all([items.close(), positions.close()]) };
}

/** As a version that writes another form leaves it: whole, and not for this one to read. */
function ofNewerVersion(value: { text: string }): unknown {
  const { collection, key } = value as unknown as LogRecord;
  const [text, form] = ['eJyrVkrLz1eyUkpKLFKqBQAdegQ0', 'packed'];
  return { ...value, text, form, sum: checksum(collection, key, text, form) };
}

/** Four records: a and b, a position, a again and c, a removal of b. */
async function writeRecords(database: string): Promise<void> {
  const { items, positions, close } = await openDamaged(database, 0, (value) => value);
  const [a, b] = [item('a', 1), item('b', 2)];
  await items.bulkWrite([{ document: a }, { document: b }] as never, '');
  await positions.bulkWrite([{ document: item('a', 9) }] as never, '');
  await items.bulkWrite(
    [{ previous: a, document: item('a', 5, { height: 2 }) }, { document: item('c', 3) }] as never,
    '',
  );
  await items.bulkWrite([{ previous: b, document: item('b', 2, { height: 2, deleted: true }) }] as never, '');
  await close();
}

test.each<[string, number, Damage, Record<string, number>]>([
  ['the last record cut short', 4, ({ text, ...more }) => ({ ...more, text: text.slice(0, 40) }), { a: 5, b: 2, c: 3 }],
  ['one in the middle that cannot be read', 3, () => undefined, { a: 1 }],
  ['one changed character', 1, ({ text, ...more }) => ({ ...more, text: text.replace('n1', 'm1') }), { a: 5, c: 3 }],
  ['one that is something else', 3, () => ['?'], { a: 1 }],
  ['one of a newer version', 3, ofNewerVersion, { a: 1 }],
])('[DISK14] [F10] %s: told, laid aside, and pulled anew around it', async (name, n, damage, left) => {
  await writeRecords(name);
  const found = await openDamaged(name, n, damage);
  expect(await itemsIn(found.items, IDS)).toEqual(left);
  expect(await itemsIn(found.positions, IDS)).toEqual({});
  expect((await (await found.storage.log(`${name}`))?.damaged())?.map(({ n }) => n)).toEqual([n]);
  // A tab that only looks leaves all as it is; the first write lays it aside.
  await found.close();
  const writing = await openDamaged(name, n, damage);
  await writing.items.bulkWrite([{ document: item('d', 4) }] as never, '');
  await writing.close();
  const later = await openDamaged(name, 0, (value) => value);
  expect(await itemsIn(later.items, IDS)).toEqual({ ...left, d: 4 });
  expect(await itemsIn(later.positions, IDS)).toEqual({});
  expect((await (await later.storage.log(name))?.damaged())?.map(({ n }) => n)).toEqual([n]);
  await later.close();
});

test('[DISK14] a record that the disk refuses does not take its neighbours with it', async () => {
  await writeRecords('refused');
  const get = IDBObjectStore.prototype.get;
  const getAll = IDBObjectStore.prototype.getAll;
  IDBObjectStore.prototype.getAll = function (...args) {
    return refusal(getAll.apply(this, args));
  };
  IDBObjectStore.prototype.get = function (key) {
    const request = get.call(this, key);
    return key === 3 ? refusal(request) : request;
  };
  const { items, close } = await openDamaged('refused', 0, (value) => value).finally(() => {
    Object.assign(IDBObjectStore.prototype, { get, getAll });
  });
  expect(await itemsIn(items, IDS)).toEqual({ a: 1 });
  await close();
});

/** As a browser answers for a value whose file is gone. */
function refusal<Value>(request: IDBRequest<Value>): IDBRequest<Value> {
  return {
    error: new DOMException('NotReadableError'),
    set onerror(tell: (event: Event) => void) {
      request.onsuccess = () => tell(new Event('error'));
    },
  } as never;
}

test('[DISK20] [DISK14] damage in a collection that nobody has asked for is told, and positions are not believed', async () => {
  await writeRecords('unasked');
  const found = await openDamaged('unasked', 1, () => undefined);
  expect(await itemsIn(found.positions, IDS)).toEqual({});
  expect((await (await found.storage.log('unasked'))?.damaged())?.map(({ n }) => n)).toEqual([1]);
  expect(await itemsIn(found.items, IDS)).toEqual({ a: 5, c: 3 });
  await found.close();
});
