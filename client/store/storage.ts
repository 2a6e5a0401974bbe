import type { RxStorage } from 'rxdb';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import type { CollectionName } from '../../schema/roles.ts';
import { openLogFile } from './log/log-file.ts';
import { createLogStorage, type LogStorage } from './log/log-storage.ts';
import { takeInDexie } from './log/take-in-dexie.ts';

/**
 * Collections that grow with every sale and are read by key or by index, a few documents at a time: they stay rows on the disk. All
 * others are in a device's memory anyway, and are kept as a log.
 */
const ROWS: ReadonlySet<string> = new Set<CollectionName>(['journal', 'branchJournal']);

/**
 * The one place that chooses what RxDB writes to in the browser: the journals are rows of Dexie on IndexedDB, the rest is a log in
 * IndexedDB behind RxDB's memory storage. Every transaction is strict, because Chromium's default may lose a committed sale with the
 * power.
 */
export function createDiskStorage(indexedDb: IDBFactory = indexedDB): LogStorage {
  const dexie = createDexieStorage();
  const logs = createLogStorage({
    openFile: (database) => openLogFile(`${database}--log`, indexedDb),
    takeIn: takeInDexie({ dexie, indexedDb }),
    // A browser too old to tell starts with an empty log, and the server fills it.
    present: async () => new Set((await indexedDb.databases?.())?.map(({ name }) => name ?? '')),
  });
  return {
    ...logs,
    name: 'laci-disk',
    createStorageInstance: (params) => (ROWS.has(params.collectionName) ? dexie : logs).createStorageInstance(params),
  };
}

/** All collections as rows, each in a database of its own: what devices had before there was a log. */
export function createDexieStorage(): RxStorage<unknown, unknown> {
  return getRxStorageDexie({ chromeTransactionDurability: 'strict' });
}

/** For replays and tests in Node: keeps databases by name as long as the process lives. */
export function createMemoryStorage(): RxStorage<unknown, unknown> {
  return getRxStorageMemory();
}
