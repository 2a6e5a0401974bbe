import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { openBrowserVault } from '../store/browser-vault.ts';
import { openLogFile } from '../store/log/log-file.ts';
import { encodeRecord } from '../store/log/log-record.ts';
import { item } from '../store/log/open-collection.ts';
import { openLog } from '../store/log/open-log.ts';
import { beginOpening, takeOpened } from './opened-ahead.ts';

const record = (id: string) => encodeRecord('items.0', 'id', { docs: [item(id, 1)] });

test('[LOAD8] of a slot that was never enrolled nothing is made but its vault, and nothing is given', async () => {
  beginOpening('new', indexedDB);
  const opened = takeOpened('new');
  expect(await opened?.log).toBeNull();
  expect(await (await opened?.vault)?.get('enrolment')).toBeUndefined();
  expect((await indexedDB.databases()).map(({ name }) => name)).toEqual(['laci-vault-new']);
});

test('[LOAD8] vault and log of a slot are there, read, for the first who opens it, and for nobody else', async () => {
  const vault = await openBrowserVault('K1', indexedDB);
  await vault.put('holder', 7);
  await (await openLogFile('laci-K1--log', indexedDB)).edit(0, { add: [record('a')] });
  beginOpening('K1', indexedDB);
  expect(takeOpened('K2')).toBeUndefined();
  const opened = takeOpened('K1');
  expect(takeOpened('K1')).toBeUndefined();
  expect(await (await opened?.vault)?.get('holder')).toBe(7);
  const file = await opened?.log;
  if (!file) throw new Error('There is no log.');
  const log = await openLog(file);
  expect([...log.docs('items.0').keys()]).toEqual(['a']);
});

test('[LOAD8] [DISK13] what another tab wrote after that is taken in before this one writes', async () => {
  const other = await openLogFile('laci-K4--log', indexedDB);
  await other.edit(0, { add: [record('a')] });
  beginOpening('K4', indexedDB);
  const file = await takeOpened('K4')?.log;
  if (!file) throw new Error('There is no log.');
  const log = await openLog(file);
  await other.edit(1, { add: [record('b')] });
  await log.refresh();
  expect([...log.docs('items.0').keys()]).toEqual(['a', 'b']);
});
