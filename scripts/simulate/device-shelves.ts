import type { DeviceDisk, Shelves } from '../../client/store/device-disk.ts';
import type { LogCare } from '../../client/store/log/log-care.ts';
import { createMemoryShelf } from '../../client/store/memory-shelf.ts';
import type { Shelf } from '../../client/store/shelf.ts';
import { COLLECTIONS, type CollectionName } from '../../schema/roles.ts';
import type { DeviceStorage } from './device-storage.ts';
import { type DeviceLog, type FillingShelf, openDeviceLog, openLogShelf } from './log-shelves.ts';
import { createReplicationModel } from './replication-model.ts';
import { failWrite, type StorageFaults } from './storage-faults.ts';
import type { Tab } from './tab.ts';

/** What stays rows on the disk beside a log, where a tab sees at once what another one wrote. */
const ROWS: ReadonlySet<CollectionName> = new Set(['journal', 'branchJournal']);
/** What only this device has: no pull brings it to a tab that did not write it. */
const OWN = ['edits', 'draftChanges'] as const;
/** How long a strict write of an own document takes, in milliseconds. */
const WRITE_MS = 1;

export interface ShelfWorld {
  readonly storage: DeviceStorage;
  readonly faults: StorageFaults;
  readonly tab: Tab;
  /** A fault of this storage happened. */
  readonly failed: (kind: 'full' | 'pulled' | 'killed') => void;
  /** A document of this tab reached the disk. */
  readonly written: (collection: CollectionName, doc: object) => void;
  /** Its disk is the log that ships, not a model of documents. */
  readonly keepsLog: boolean;
  /** The log broke a rule of its own. */
  readonly lied: (rule: string, text: string) => void;
}

/** The disk of one tab: its device's documents, through which nothing comes from a tab that is dead or frozen. */
export async function openDeviceDisk(world: ShelfWorld): Promise<DeviceDisk> {
  const opened = world.keepsLog ? await openDeviceLog(world) : null;
  const entries = COLLECTIONS.map((name) => [
    name,
    opened && !ROWS.has(name) ? openLogShelf(world, opened, name) : openShelf(world, name),
  ]);
  const shelves = Object.fromEntries(entries) as unknown as Shelves;
  return {
    shelves,
    createReplication: (collection, batchSize) =>
      createReplicationModel({
        batchSize,
        shelf: shelves[collection] as Shelf<object> & Partial<FillingShelf>,
        checkpoints: world.storage.checkpoints,
        collection,
        tab: world.tab,
        isFull: () => world.faults.full,
      }),
    log: opened ? careOf(opened) : careOfDocuments(shelves),
    close: async () => undefined,
  };
}

/** It is tended more often than a device asks for. */
function careOf({ log }: DeviceLog): LogCare {
  return { begin: log.refresh, damaged: log.damaged as LogCare['damaged'], tidy: async () => true };
}

/** A tab of a disk of documents finds what another one wrote where one of a log does. */
function careOfDocuments(shelves: Shelves): LogCare {
  const begin = async () => {
    for (const name of OWN) await (shelves[name] as Shelf<object> & Partial<LookingShelf>).takeIn?.();
  };
  return { begin, damaged: async () => [], tidy: async () => true };
}

/** A shelf whose books hear of what another tab wrote once it is asked for. */
interface LookingShelf extends Shelf<object> {
  takeIn(): Promise<void>;
}

/** The field that is the key of a collection's documents. */
export function keyOf(name: CollectionName): string {
  return name === 'edits' ? 'editId' : 'id';
}

/** A strict write of documents of these collections: it fails as the disk fails, and that of an entry takes its time. */
export async function strictWrite<Value>(
  world: ShelfWorld,
  collections: readonly CollectionName[],
  act: () => Promise<Value>,
): Promise<Value> {
  const { tab } = world;
  const isEntry = collections.includes('journal');
  await tab.gate();
  if (isEntry) tab.writing += 1;
  if (isEntry) await pauseAt(world, 'before-write');
  try {
    for (const name of collections) failWrite(world.faults, name, world.failed);
  } catch (error) {
    if (isEntry) tab.writing -= 1;
    throw error;
  }
  const value = await act();
  if (isEntry) {
    await pauseAt(world, 'after-write');
    tab.writing -= 1;
  }
  return value;
}

function openShelf(world: ShelfWorld, name: CollectionName): LookingShelf {
  const { storage, tab } = world;
  const docs = storage.docs[name];
  const shelf = createMemoryShelf<object>(keyOf(name) as never, { docs, copy: (value) => value });
  const known = new WeakSet(docs.values());
  shelf.onWritten((written) => {
    for (const doc of written) known.add(doc);
  });
  const write = <Value>(doc: object, act: () => Promise<Value>): Promise<Value> =>
    strictWrite(world, [name], async () => {
      const value = await act();
      // A key that is taken: nothing was written.
      if (value !== false) world.written(name, doc);
      return value;
    });
  const read = async <Value>(act: () => Promise<Value>): Promise<Value> => {
    await tab.gate();
    return act();
  };
  return {
    insert: (doc, prove) => write(doc, () => shelf.insert(doc, prove)),
    insertAll: async (docs) => {
      for (const doc of docs) await write(doc, () => shelf.insertAll([doc]));
    },
    replace: (doc) => write(doc, () => shelf.replace(doc)),
    replaceAll: async (docs) => {
      const [first, ...others] = docs;
      if (first === undefined) return;
      await write(first, () => shelf.replaceAll(docs));
      for (const doc of others) world.written(name, doc);
    },
    byIds: (ids) => read(() => shelf.byIds(ids)),
    find: (query) => read(() => shelf.find(query)),
    count: () => read(shelf.count),
    remove: (ids) => read(() => shelf.remove(ids)),
    takeIn: () =>
      read(async () => {
        // It is there: written once more, as it is, it is only told.
        await shelf.replaceAll([...docs.values()].filter((doc) => !known.has(doc)));
      }),
    onWritten: (act) => shelf.onWritten(act),
    onRemoved: (act) => shelf.onRemoved(act),
  };
}

/** The strict write of an entry takes its time, and may be the last thing a tab does. */
async function pauseAt({ faults, tab, failed }: ShelfWorld, point: 'before-write' | 'after-write'): Promise<void> {
  if (faults.killAt === point) {
    faults.killAt = null;
    failed('killed');
    tab.kill();
  }
  await new Promise<void>((resolve) => tab.timers.after(WRITE_MS, resolve));
}
