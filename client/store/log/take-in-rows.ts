import { getChangedDocumentsSince, getPrimaryFieldOfPrimaryKey, type RxStorage } from 'rxdb';
import { rowDatabaseName } from '../rows/row-table.ts';
import type { StoredDoc } from './log-record.ts';
import type { AnyInstance, AnyParams, TakeIn } from './log-storage.ts';

/** Documents written in one transaction. */
const COPIED_AT_ONCE = 1_000;

/**
 * Copies what devices once had of a collection as rows: documents whose key is not there yet, tombstones too. Gives null where there are no
 * rows; else the way to copy what came since and to remove their database, for a tab that holds the device. Cut off anywhere, the
 * next start does the rest. Rejects, and removes nothing, when a document is not there afterwards.
 */
export function takeInRows(rows: RxStorage<unknown, unknown>, indexedDb: Pick<IDBFactory, 'deleteDatabase'>): TakeIn {
  return async (params, to, present) => {
    const name = rowDatabaseName(params.databaseName, params.schema, params.collectionName);
    if (!present.has(name)) return null;
    await copyAll(rows, params, to);
    return async () => {
      await copyAll(rows, params, to);
      await remove(indexedDb, name);
    };
  };
}

async function copyAll(rows: RxStorage<unknown, unknown>, params: AnyParams, to: AnyInstance): Promise<void> {
  const from = (await rows.createStorageInstance(params as never)) as unknown as AnyInstance;
  try {
    for (let at: unknown, isLast = false; !isLast; ) {
      const { documents, checkpoint } = await getChangedDocumentsSince(from, COPIED_AT_ONCE, at);
      if (documents.length > 0) await copy(documents as unknown as StoredDoc[], to);
      at = checkpoint;
      isLast = documents.length < COPIED_AT_ONCE;
    }
  } finally {
    await from.close();
  }
}

async function copy(docs: readonly StoredDoc[], to: AnyInstance): Promise<void> {
  const key: string = getPrimaryFieldOfPrimaryKey(to.schema.primaryKey);
  const ids = docs.map((doc) => String(doc[key]));
  const there = new Set((await to.findDocumentsById(ids, true)).map((doc) => String(doc[key])));
  const missing = docs.filter((_doc, index) => !there.has(ids[index] as string));
  if (missing.length > 0) await to.bulkWrite(missing.map((document) => ({ document })) as never, 'laci-take-in');
  const { length } = await to.findDocumentsById(ids, true);
  if (length !== ids.length) throw new Error(`Only ${length} of ${ids.length} documents were copied.`);
}

function remove(indexedDb: Pick<IDBFactory, 'deleteDatabase'>, name: string): Promise<void> {
  const request = indexedDb.deleteDatabase(name);
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error ?? new Error(`${name} could not be removed.`));
    // Another tab still has it open; the next start removes it.
    request.onblocked = () => resolve();
  });
}
