import type { RxStorage } from 'rxdb';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';

/**
 * The one place that chooses what RxDB writes to. In the browser: Dexie on IndexedDB, every transaction strict, because
 * Chromium's default may lose a committed sale with the power.
 */
export function createDiskStorage(): RxStorage<unknown, unknown> {
  return getRxStorageDexie({ chromeTransactionDurability: 'strict' });
}

/** For replays and tests in Node: keeps databases by name as long as the process lives. */
export function createMemoryStorage(): RxStorage<unknown, unknown> {
  return getRxStorageMemory();
}
