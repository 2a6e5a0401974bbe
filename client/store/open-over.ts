import type { CollectionName } from '../../schema/roles.ts';
import { type DeviceDatabase, openDatabase } from './database.ts';
import type { Disk } from './disk.ts';
import { asRxInstance, asRxStorage, type OwnRxStorage } from './rx-storage.ts';
import type { InsideCollection } from './stored-collection.ts';

/** RxDB's database of a slot over collections that are open already and stay so when it closes; what else it keeps, it opens on the disk itself. */
export function openOver(
  slot: string,
  disk: Disk,
  collections: Readonly<Record<CollectionName, InsideCollection>>,
): Promise<DeviceDatabase> {
  const storage = asRxStorage(disk);
  const createStorageInstance = (async (params: Parameters<OwnRxStorage['createStorageInstance']>[0]) => {
    const open = collections[params.collectionName as CollectionName];
    return open
      ? asRxInstance({ ...open, close: async () => undefined }, params)
      : storage.createStorageInstance(params);
  }) as OwnRxStorage['createStorageInstance'];
  return openDatabase(slot, { ...storage, createStorageInstance });
}
