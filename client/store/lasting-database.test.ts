import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { openBrowserVault } from './browser-vault.ts';
import { openLastingDatabase } from './lasting-database.ts';
import { openLogFile } from './log/log-file.ts';
import { encodeRecord } from './log/log-record.ts';
import { answerOf, openRowTable } from './rows/row-table.ts';

/** A browser that closes connections under the page, as iOS does to one that slept. */
function losing() {
  const connections: IDBDatabase[] = [];
  const factory = Object.create(indexedDB) as IDBFactory;
  const open: IDBFactory['open'] = (name, version) => {
    const request = indexedDB.open(name, version);
    request.addEventListener('success', () => connections.push(request.result));
    return request;
  };
  factory.open = open;
  return {
    factory,
    lose: () => connections.at(-1)?.close(),
    times: () => connections.length,
    /** The disk is away until it is `there` again. */
    away: () => {
      factory.open = () => {
        throw new Error('The disk is away.');
      };
      return () => {
        factory.open = open;
      };
    },
  };
}

let names = 0;
async function openValues(browser: ReturnType<typeof losing>) {
  names += 1;
  const name = `values-${names}`;
  const layOut = (made: IDBDatabase) => void made.createObjectStore('values');
  const database = await openLastingDatabase({ name, version: 1, layOut }, browser.factory);
  const table = async (mode: 'readonly' | 'readwrite') => (await database.begin('values', mode)).objectStore('values');
  return {
    name,
    close: () => database.close(),
    put: async (key: string) => answerOf((await table('readwrite')).put(1, key)),
    keys: async () => answerOf((await table('readonly')).getAllKeys()),
  };
}

test('[DISK19] a connection that the browser lost is made again by what comes next, once for all', async () => {
  const browser = losing();
  const values = await openValues(browser);
  await values.put('a');
  browser.lose();
  const [, , found] = await Promise.all([values.put('b'), values.put('c'), values.keys()]);
  expect(found).toEqual(['a', 'b', 'c']);
  expect(browser.times()).toBe(2);
  values.close();
  await expect(values.keys()).rejects.toThrow();
  expect(browser.times()).toBe(2);
});

test('[DISK19] where the disk is not to be had again, each wish fails until it is', async () => {
  const browser = losing();
  const values = await openValues(browser);
  browser.lose();
  const there = browser.away();
  await expect(values.put('a')).rejects.toThrow('The disk is away.');
  there();
  await values.put('b');
  expect(await values.keys()).toEqual(['b']);
  values.close();
});

test('[DISK19] a database that somebody removes is not made anew under a page that had it open', async () => {
  const browser = losing();
  const values = await openValues(browser);
  await values.put('a');
  await answerOf(indexedDB.deleteDatabase(values.name));
  await expect(values.put('b')).rejects.toThrow();
  expect(browser.times()).toBe(1);
});

test('[DISK19] one that the browser cleared meanwhile is told as gone, and nothing is written to an empty one', async () => {
  const browser = losing();
  const values = await openValues(browser);
  browser.lose();
  await answerOf(indexedDB.deleteDatabase(values.name));
  await expect(values.put('b')).rejects.toThrow('no longer has');
  await expect(values.keys()).rejects.toThrow('no longer has');
  expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain(values.name);
});

test('[DISK19] rows, log and vault of a device go on after it', async () => {
  const browser = losing();
  const vault = await openBrowserVault('lost', browser.factory);
  browser.lose();
  await vault.put('holder', 7);
  browser.lose();
  expect(await vault.change('holder', (now) => (now ?? 0) + 1, undefined)).toBe(8);
  browser.lose();
  expect(await vault.get('holder')).toBe(8);

  const log = await openLogFile('lost--log', browser.factory);
  browser.lose();
  expect(await log.edit(0, { add: [encodeRecord('products.0', 'id', { docs: [] })] })).toBe(true);
  browser.lose();
  expect(await log.last()).toBe(1);
  browser.lose();
  const read: number[] = [];
  await log.readAll((n) => void read.push(n));
  expect(read).toEqual([1]);

  const rows = await openRowTable('lost-rows', { version: 0, primaryKey: 'id' } as never, browser.factory);
  browser.lose();
  await rows.write(async (store) => void store.put({ id: 'a', _deleted: '0' }));
  browser.lose();
  expect(await rows.read((store) => answerOf(store.count()))).toBe(1);
});
