import { RXDB_VERSION, type RxStorage, type RxStorageInstance, type RxStorageInstanceCreationParams } from 'rxdb';
import {
  createMemoryStorageInstance,
  getRxStorageMemory,
  type RxStorageInstanceMemory,
} from 'rxdb/plugins/storage-memory';
import type { LogFile } from './log-file.ts';
import { createLogInstance } from './log-instance.ts';
import { type Log, openLog } from './open-log.ts';
import { openingInstance } from './opening-instance.ts';

export interface LogStorageDeps {
  /** Opens (or makes) the log of a database. */
  readonly openFile: (database: string) => Promise<LogFile>;
  readonly takeIn?: TakeIn;
  /** The names of the databases that are on the disk. */
  readonly present?: () => Promise<ReadonlySet<string>>;
}

/** A storage for RxDB, and a way to the logs of its databases. */
export interface LogStorage extends RxStorage<unknown, unknown> {
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
  params: AnyParams,
  to: AnyInstance,
  present: ReadonlySet<string>,
) => Promise<null | (() => Promise<void>)>;
export type AnyParams = RxStorageInstanceCreationParams<Record<string, unknown>, unknown>;
export type AnyInstance = RxStorageInstance<Record<string, unknown>, unknown, unknown>;

type Memory = RxStorageInstanceMemory<Record<string, unknown>>;

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

/** RxDB's name for what it notes of its own; the first that it opens, and nothing of it is needed until it has looked at all schemas. */
const RXDB_OWN = '_rxdb_internal';

/**
 * A storage for RxDB that answers from memory and writes each change as one record behind the last, in one log per database: a page of a
 * pull is one record, and one transaction holds what several collections write at once. For collections that a device holds in
 * memory anyway.
 */
export function createLogStorage({
  openFile,
  takeIn = async () => null,
  present = async () => new Set(),
}: LogStorageDeps): LogStorage {
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
  const create = async (params: AnyParams): Promise<AnyInstance> => {
    if (params.schema.attachments) throw new Error('This storage keeps no attachments.');
    const open = use(params.databaseName);
    // Its memory is its own: RxDB's memory storage would keep what it held for the next that opens it.
    const storage = { ...getRxStorageMemory(), collectionStates: new Map() };
    const memory = await createMemoryStorageInstance<Record<string, unknown>>(storage, params as never, {});
    const opening = begin(params, memory, open);
    return params.collectionName === RXDB_OWN ? openingInstance(memory, opening) : opening;
  };
  const begin = async (params: AnyParams, memory: Memory, open: OpenLog): Promise<AnyInstance> => {
    try {
      const log = await open.log;
      const name = `${params.collectionName}.${params.schema.version}`;
      const instance = createLogInstance(memory, log, name, () => letGo(params.databaseName, open)) as AnyInstance;
      const finish = await takeIn(params, instance, await open.present);
      if (finish && open.isActive) await finish();
      else if (finish) open.left.push(finish);
      return instance;
    } catch (error) {
      await letGo(params.databaseName, open).catch(() => undefined);
      throw error;
    }
  };
  return {
    name: 'laci-log',
    rxdbVersion: RXDB_VERSION,
    createStorageInstance: create as RxStorage<unknown, unknown>['createStorageInstance'],
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
