import { now, type PreparedQuery, RXDB_VERSION, type RxStorage, type RxStorageInstance } from 'rxdb';
import { Observable } from 'rxjs';
import type { LogInside } from './log/log-collection.ts';
import { queryDocs } from './log/query-docs.ts';
import type { RowInside } from './rows/row-collection.ts';
import { countQueried, queryRows } from './rows/row-queries.ts';
import type { InsideCollection, Reached, Storage, StoredCollection } from './stored-collection.ts';

type Doc = Record<string, unknown>;
/** What our own collections can do behind RxDB's interface; nothing of it where the storage is another one. */
export type Inside = Partial<LogInside & RowInside> & Partial<Pick<StoredCollection, 'forget'>>;
export type OwnRxStorage = RxStorage<unknown, unknown>;
type Params = Parameters<OwnRxStorage['createStorageInstance']>[0];
type Instance = RxStorageInstance<Doc, Inside, unknown, Reached>;

/** A storage of ours as RxDB's storages are. */
export function asRxStorage({ name, open }: Pick<Storage<InsideCollection>, 'name' | 'open'>): OwnRxStorage {
  const create = async (params: Params): Promise<Instance> => {
    if (params.schema.attachments) throw new Error('This storage keeps no attachments.');
    return asRxInstance(await open(params as never), params);
  };
  return {
    name,
    rxdbVersion: RXDB_VERSION,
    createStorageInstance: create as unknown as OwnRxStorage['createStorageInstance'],
  };
}

/** One collection likewise. */
export function asRxInstance(collection: InsideCollection, { schema, options }: Params): Instance {
  const { inside, forget } = collection;
  const { databaseName, collectionName } = collection.place;
  let closing: Promise<void> | null = null;
  const query = async (prepared: PreparedQuery<Doc>) => {
    const read = inside.read;
    if (read) return read((rows) => queryRows(rows, schema as never, prepared));
    return queryDocs(inside.allDocuments?.().values() ?? [], schema as never, prepared);
  };
  return {
    ...{ databaseName, collectionName, schema: schema as never, options: options as object },
    internals: { ...inside, forget },
    bulkWrite: (rows, context) => collection.write(rows as never, context) as never,
    findDocumentsById: (ids, withDeleted) => collection.byIds(ids, withDeleted) as never,
    query: async (prepared) => ({ documents: (await query(prepared)) as never }),
    count: async (prepared) => {
      const read = inside.read;
      const count = read
        ? read((rows) => countQueried(rows, schema as never, prepared))
        : (await query(prepared)).length;
      return { count: await count, mode: prepared.queryPlan.selectorSatisfiedByIndex ? 'fast' : 'slow' };
    },
    getChangedDocumentsSince: (limit, reached) => collection.changedSince(limit, reached) as never,
    getAttachmentData: () => Promise.reject(new Error('This storage keeps no attachments.')),
    changeStream: () =>
      new Observable((subscriber) => collection.onChange((change) => subscriber.next(change as never))),
    cleanup: async (minimumDeletedTime) => {
      await collection.cleanup(now() - minimumDeletedTime);
      return true;
    },
    remove: () => collection.remove(),
    close: () => {
      closing ??= collection.close();
      return closing;
    },
  };
}
