import { COLLECTION_SCHEMAS } from '../../schema/collections.ts';
import { base32FromBytes } from '../../schema/ids.ts';
import { COLLECTIONS, type CollectionName } from '../../schema/roles.ts';
import type { Random, Timers } from '../device/device-deps.ts';
import { createFetchedReplication } from '../sync/fetched-replication.ts';
import type { DeviceDatabase } from './database.ts';
import { databaseNameOf } from './database-name.ts';
import type { DeviceDisk, OpenDisk, Shelves } from './device-disk.ts';
import type { Disk } from './disk.ts';
import { createLogCare } from './log/log-care.ts';
import { createPlainShelf } from './plain-shelf.ts';
import type { InsideCollection } from './stored-collection.ts';
import { storedSchema } from './stored-schema.ts';
import { createStamp } from './write-stamp.ts';

export interface DiskWorld {
  readonly clock: () => number;
  readonly timers: Timers;
  readonly random: Random;
}

type Collections = Readonly<Record<CollectionName, InsideCollection>>;

/** Bytes of the token by which revisions tell tabs apart. */
const TOKEN_BYTES = 10;

/**
 * Disks as a browser has them. A screen reads and writes its shelves without RxDB, whose program comes with sync and works on the same
 * collections from then on.
 */
export function createBrowserDisks(disk: Disk, { clock, timers, random }: DiskWorld): OpenDisk {
  return async (slot): Promise<DeviceDisk> => {
    const databaseName = databaseNameOf(slot);
    const collections = await openAll(disk, databaseName);
    const stamp = createStamp(base32FromBytes(random.bytes(TOKEN_BYTES)), clock);
    const rx = createRx(async () => {
      const { openOver } = await import('./open-over.ts');
      return openOver(slot, disk, collections);
    });
    return {
      log: createLogCare(disk, databaseName),
      shelves: mapCollections(collections, (collection) => createPlainShelf(collection, stamp)) as unknown as Shelves,
      createReplication: (collection, batchSize) =>
        createFetchedReplication(async () => {
          const [{ createRxReplication }, database] = await Promise.all([
            import('../sync/rx-replication.ts'),
            rx.open(),
          ]);
          return createRxReplication(database.collections[collection] as never, timers, batchSize);
        }, collections[collection].inside.fill && batchSize),
      close: async () => {
        await rx.close();
        for (const collection of Object.values(collections)) await collection.close();
      },
    };
  };
}

/** All at once. Where one does not open, none stays open. */
async function openAll(disk: Disk, databaseName: string): Promise<Collections> {
  const opening = COLLECTIONS.map(async (collectionName) => {
    const schema = storedSchema(COLLECTION_SCHEMAS[collectionName]);
    return [collectionName, await disk.open({ databaseName, collectionName, schema })] as const;
  });
  const ends = await Promise.allSettled(opening);
  const failed = ends.find((end) => end.status === 'rejected');
  const opened = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []));
  if (!failed) return Object.fromEntries(opened) as Collections;
  for (const [, collection] of opened) await collection.close().catch(() => undefined);
  throw failed.reason;
}

function mapCollections<Value>(collections: Collections, act: (collection: InsideCollection) => Value) {
  return Object.fromEntries(Object.entries(collections).map(([name, collection]) => [name, act(collection)]));
}

/** RxDB over the open collections, once; asked for again where it did not open. */
function createRx(openDatabase: () => Promise<DeviceDatabase>) {
  let opening: Promise<DeviceDatabase> | null = null;
  const open = () => {
    opening ??= openDatabase().catch((error: unknown) => {
      opening = null;
      throw error;
    });
    return opening;
  };
  const close = async () => {
    const database = await opening?.catch(() => null);
    await database?.close();
  };
  return { open, close };
}
