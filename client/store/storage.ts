import type { RxStorage } from 'rxdb';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import type { CollectionName } from '../../schema/roles.ts';
import { openLogFile } from './log/log-file.ts';
import { createLogStorage, type LogStorage } from './log/log-storage.ts';
import { takeInRows } from './log/take-in-rows.ts';
import { createRowStorage } from './rows/row-storage.ts';

/**
 * Collections that grow with every sale and are read by key or by index, a few documents at a time: they stay rows on the disk. All
 * others are in a device's memory anyway, and are kept as a log.
 */
const ROWS: ReadonlySet<string> = new Set<CollectionName>(['journal', 'branchJournal']);

/**
 * The one place that chooses what RxDB writes to in the browser: the journals are rows of IndexedDB, the rest is a log in
 * IndexedDB behind RxDB's memory storage. Every transaction is strict, because Chromium's default may lose a committed sale with the
 * power.
 */
export function createDiskStorage(indexedDb: IDBFactory = indexedDB): LogStorage {
  const rows = createRowStorage(indexedDb);
  const logs = createLogStorage({
    openFile: (database) => openLogFile(`${database}--log`, indexedDb),
    takeIn: takeInRows(rows, indexedDb),
    // A browser too old to tell starts with an empty log, and the server fills it.
    present: async () => new Set((await indexedDb.databases?.())?.map(({ name }) => name ?? '')),
  });
  return {
    ...logs,
    name: 'laci-disk',
    createStorageInstance: (params) => (ROWS.has(params.collectionName) ? rows : logs).createStorageInstance(params),
  };
}

/** For replays and tests in Node: keeps databases by name as long as the process lives. */
export function createMemoryStorage(): RxStorage<unknown, unknown> {
  return getRxStorageMemory();
}
