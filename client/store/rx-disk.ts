import type { RxStorage } from 'rxdb';
import type { Timers } from '../device/device-deps.ts';
import { createFetchedReplication } from '../sync/fetched-replication.ts';
import { type DeviceCollections, openDatabase } from './database.ts';
import type { OpenDisk, Shelves } from './device-disk.ts';
import { createLogCare } from './log/log-care.ts';
import type { LogStorage } from './log/log-storage.ts';
import { createRxShelf } from './rx-shelf.ts';

/** Disks of RxDB databases on one storage, with or without a log. */
export function createRxDisks(storage: RxStorage<unknown, unknown> | LogStorage, timers: Timers): OpenDisk {
  return async (slot) => {
    const { name, collections, close } = await openDatabase(slot, storage);
    return {
      ...('activate' in storage ? { log: createLogCare(storage, name) } : {}),
      shelves: createShelves(collections),
      createReplication: (collection, batchSize) =>
        createFetchedReplication(async () => {
          const { createRxReplication } = await import('../sync/rx-replication.ts');
          return createRxReplication(collections[collection] as never, timers, batchSize);
        }),
      close,
    };
  };
}

function createShelves(collections: DeviceCollections): Shelves {
  return {
    journal: createRxShelf(collections.journal),
    branchJournal: createRxShelf(collections.branchJournal),
    stock: createRxShelf(collections.stock),
    products: createRxShelf(collections.products),
    company: createRxShelf(collections.company),
    edits: createRxShelf(collections.edits),
    drafts: createRxShelf(collections.drafts),
    draftChanges: createRxShelf(collections.draftChanges),
    findings: createRxShelf(collections.findings),
  };
}
