import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { COLLECTIONS } from '../../../schema/roles.ts';
import { openDatabase } from '../database.ts';
import { type LogFile, openLogFile } from './log-file.ts';
import { createLogStorage } from './log-storage.ts';

function storageOver(openFile: (name: string) => Promise<LogFile>) {
  const asked: string[] = [];
  const storage = createLogStorage({ openFile });
  const createStorageInstance: typeof storage.createStorageInstance = (params) => {
    asked.push(params.collectionName);
    return storage.createStorageInstance(params);
  };
  return { asked, storage: { ...storage, createStorageInstance } };
}

test('[DISK22] all collections are asked for while the log is still being read', async () => {
  const { promise: mayOpen, resolve: open } = Promise.withResolvers<void>();
  const { asked, storage } = storageOver(async (name) => {
    await mayOpen;
    return openLogFile(name, indexedDB);
  });
  const opening = openDatabase('read-late', storage);
  await expect.poll(() => asked.filter((name) => COLLECTIONS.includes(name as never)).length).toBe(COLLECTIONS.length);
  open();
  const { collections, close } = await opening;
  await collections.findings.storageInstance.bulkWrite([], 'test');
  await close();
});

test('[DISK22] a log that does not open is told, and the next try opens it', async () => {
  let isBroken = true;
  const { storage } = storageOver((name) =>
    isBroken ? Promise.reject(new Error('The disk failed.')) : openLogFile(name, indexedDB),
  );
  await expect(openDatabase('broken', storage)).rejects.toThrow('The disk failed.');
  isBroken = false;
  const { close } = await openDatabase('broken', storage);
  await close();
});
