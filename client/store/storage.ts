import type { RxStorage } from 'rxdb';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { createDisk } from './disk.ts';
import type { LogStorage } from './log/log-storage.ts';
import { asRxStorage } from './rx-storage.ts';

/** The disk of the app as a storage for RxDB. */
export function createDiskStorage(indexedDb: IDBFactory = indexedDB): LogStorage {
  const disk = createDisk(indexedDb);
  return { ...asRxStorage(disk), log: disk.log, activate: disk.activate };
}

/** For replays and tests in Node: keeps databases by name as long as the process lives. */
export function createMemoryStorage(): RxStorage<unknown, unknown> {
  return getRxStorageMemory();
}
