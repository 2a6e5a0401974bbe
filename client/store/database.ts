import { createRxDatabase, deepEqual, type RxCollection, type RxConflictHandler, type RxStorage } from 'rxdb';
import { COLLECTION_SCHEMAS } from '../../schema/collections.ts';
import { COLLECTIONS, type CollectionName } from '../../schema/roles.ts';
import { databaseNameOf } from './database-name.ts';
import type { DeviceDocs } from './device-disk.ts';

export type DeviceCollections = { readonly [Name in CollectionName]: RxCollection<DeviceDocs[Name]> };

/** The RxDB database of one slot. */
export interface DeviceDatabase {
  /** As storages know it. */
  readonly name: string;
  readonly collections: DeviceCollections;
  close(): Promise<void>;
}

/**
 * Opens (or makes) the slot's database with all collections. One tab writes, so RxDB neither elects leaders nor talks to
 * other tabs. Rejects when the storage does not open.
 */
export async function openDatabase(slot: string, storage: RxStorage<unknown, unknown>): Promise<DeviceDatabase> {
  const name = databaseNameOf(slot);
  const database = await createRxDatabase({ name, storage, multiInstance: false });
  const creators = COLLECTIONS.map((name) => [name, { schema: COLLECTION_SCHEMAS[name], conflictHandler: serverWins }]);
  const collections = await database.addCollections(Object.fromEntries(creators)).catch(async (error: unknown) => {
    // Its name is free again for the next try.
    await database.close().catch(() => undefined);
    throw error;
  });
  return {
    name,
    collections: collections as unknown as DeviceCollections,
    close: async () => void (await database.close()),
  };
}

/**
 * Pulled collections are written by the server alone and the others never replicate, so there is nothing to resolve: what
 * the server says stands. Named here because RxDB's own handler would say the same in silence.
 */
const serverWins: RxConflictHandler<object> = {
  isEqual: (left, right) => deepEqual(left, right),
  resolve: async ({ realMasterState }) => realMasterState,
};
