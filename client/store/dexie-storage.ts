import type { RxStorage } from 'rxdb';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';

/** All collections as rows by RxDB's own Dexie storage: what devices had once, and what benchmarks compare with. */
export function createDexieStorage(): RxStorage<unknown, unknown> {
  return getRxStorageDexie({ chromeTransactionDurability: 'strict' });
}
