import type { CollectionName } from '../../schema/roles.ts';
import { type LogFile, openLogFile } from './log/log-file.ts';
import { createLogs, type LogKeeper } from './log/logs.ts';
import { takeInRows } from './log/take-in-rows.ts';
import { createRows } from './rows/rows.ts';
import type { InsideCollection, Storage } from './stored-collection.ts';

/**
 * Collections that grow with every sale and are read by key or by index, a few documents at a time: they stay rows on the disk. All
 * others are in a device's memory anyway, and are kept as a log.
 */
const ROWS: ReadonlySet<string> = new Set<CollectionName>(['journal', 'branchJournal']);

export type Disk = Storage<InsideCollection> & LogKeeper;

/**
 * The one place that chooses where a browser keeps collections: the journals are rows of IndexedDB, the rest is a log in
 * IndexedDB. Every transaction is strict, because Chromium's default may lose a committed sale with the power. `openLog` may know of a log that is open
 * already.
 */
export function createDisk(
  indexedDb: IDBFactory = indexedDB,
  openLog: (name: string) => Promise<LogFile> = (name) => openLogFile(name, indexedDb),
): Disk {
  const rows = createRows(indexedDb);
  const logs = createLogs({
    openFile: (database) => openLog(`${database}--log`),
    takeIn: takeInRows(rows, indexedDb),
    // A browser too old to tell starts with an empty log, and the server fills it.
    present: async () => new Set((await indexedDb.databases?.())?.map(({ name }) => name ?? '')),
  });
  return {
    name: 'laci-disk',
    open: (place) => (ROWS.has(place.collectionName) ? rows : logs).open(place),
    log: logs.log,
    activate: logs.activate,
  };
}
