import type { Storage, StoredCollection, StoredPlace } from '../stored-collection.ts';
import { createLogCollection, type LogCollection } from './log-collection.ts';
import type { LogFile } from './log-file.ts';
import { type Log, openLog } from './open-log.ts';

export interface LogsDeps {
  /** Opens (or makes) the log of a database. */
  readonly openFile: (database: string) => Promise<LogFile>;
  readonly takeIn?: TakeIn;
  /** The names of the databases that are on the disk. */
  readonly present?: () => Promise<ReadonlySet<string>>;
}

/** Collections that are kept as logs, one log per database. */
export interface LogKeeper {
  /** The log of a database; undefined while it is not open. */
  log(database: string): Promise<Log> | undefined;
  /** This tab holds the device: what other tabs wrote is taken in, and what an older storage left is removed. */
  activate(database: string): Promise<void>;
}

/**
 * Copies what an older storage holds of a collection, and gives the way to remove it there; null where there is nothing. `present` are the
 * databases that were there when the log was opened.
 */
export type TakeIn = (
  place: StoredPlace,
  to: StoredCollection,
  present: ReadonlySet<string>,
) => Promise<null | (() => Promise<void>)>;
export type Logs = Storage<LogCollection> & LogKeeper;

interface OpenLog {
  readonly log: Promise<Log>;
  /** Asked for once: browsers take their time. */
  readonly present: Promise<ReadonlySet<string>>;
  /** Collections of it that are open. */
  users: number;
  isActive: boolean;
  /** What is left to do of older storages, once this tab holds the device. */
  readonly left: (() => Promise<void>)[];
}

/**
 * A storage that answers from memory and writes each change as one record behind the last, in one log per database: a page of a
 * pull is one record, and one transaction holds what several collections write at once. For collections that a device holds in
 * memory anyway.
 */
export function createLogs({ openFile, takeIn = async () => null, present = async () => new Set() }: LogsDeps): Logs {
  const logs = new Map<string, OpenLog>();
  const use = (database: string): OpenLog => {
    const open = logs.get(database) ?? newLog(openFile(database).then(openLog), present());
    logs.set(database, open);
    open.users += 1;
    return open;
  };
  const letGo = async (database: string, open: OpenLog) => {
    open.users -= 1;
    if (open.users > 0) return;
    logs.delete(database);
    await (await open.log).close();
  };
  const openCollection = async (place: StoredPlace): Promise<LogCollection> => {
    const open = use(place.databaseName);
    try {
      const collection = createLogCollection(place, await open.log, () => letGo(place.databaseName, open));
      const finish = await takeIn(place, collection, await open.present);
      if (finish && open.isActive) await finish();
      else if (finish) open.left.push(finish);
      return collection;
    } catch (error) {
      await letGo(place.databaseName, open).catch(() => undefined);
      throw error;
    }
  };
  return {
    name: 'laci-log',
    open: openCollection,
    log: (database) => logs.get(database)?.log,
    activate: async (database) => {
      const open = logs.get(database);
      if (!open) return;
      await (await open.log).refresh();
      open.isActive = true;
      for (const finish of open.left.splice(0)) await finish();
    },
  };
}

function newLog(log: Promise<Log>, present: Promise<ReadonlySet<string>>): OpenLog {
  // Whoever waits for it is told; a log that does not open is told first.
  present.catch(() => undefined);
  return { log, present, users: 0, isActive: false, left: [] };
}
