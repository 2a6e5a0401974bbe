import { rowDatabaseName } from '../rows/row-table.ts';
import type { Reached, Storage, StoredCollection, StoredPlace } from '../stored-collection.ts';
import type { StoredDoc } from './log-record.ts';
import type { TakeIn } from './logs.ts';

/** Documents written in one transaction. */
const COPIED_AT_ONCE = 1_000;

/**
 * Copies what devices once had of a collection as rows: documents whose key is not there yet, tombstones too. Gives null where there are no
 * rows; else the way to copy what came since and to remove their database, for a tab that holds the device. Cut off anywhere, the
 * next start does the rest. Rejects, and removes nothing, when a document is not there afterwards.
 */
export function takeInRows(rows: Storage, indexedDb: Pick<IDBFactory, 'deleteDatabase'>): TakeIn {
  return async (place, to, present) => {
    const name = rowDatabaseName(place.databaseName, place.schema, place.collectionName);
    if (!present.has(name)) return null;
    await copyAll(rows, place, to);
    return async () => {
      await copyAll(rows, place, to);
      await remove(indexedDb, name);
    };
  };
}

async function copyAll(rows: Storage, place: StoredPlace, to: StoredCollection): Promise<void> {
  const from = await rows.open(place);
  try {
    for (let at: Reached | undefined, isLast = false; !isLast; ) {
      const { documents, checkpoint } = await from.changedSince(COPIED_AT_ONCE, at);
      if (documents.length > 0) await copy(documents, to);
      at = checkpoint;
      isLast = documents.length < COPIED_AT_ONCE;
    }
  } finally {
    await from.close();
  }
}

async function copy(docs: readonly StoredDoc[], to: StoredCollection): Promise<void> {
  const ids = docs.map((doc) => String(doc[to.key]));
  const there = new Set((await to.byIds(ids, true)).map((doc) => String(doc[to.key])));
  const missing = docs.filter((_doc, index) => !there.has(ids[index] as string));
  const rows = missing.map((document) => ({ document }));
  if (rows.length > 0) await to.write(rows, 'laci-take-in');
  const { length } = await to.byIds(ids, true);
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
