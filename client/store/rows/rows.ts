import type { Storage, StoredPlace } from '../stored-collection.ts';
import { createRowCollection, type RowCollection } from './row-collection.ts';
import { openRowTable, rowDatabaseName } from './row-table.ts';

/**
 * A storage that keeps each document as a row of IndexedDB, every collection in a database of its own, as RxDB's Dexie storage lays
 * them and without Dexie. For collections that grow with every sale and are read by key or by index, a few documents at a time.
 */
export function createRows(indexedDb: IDBFactory): Storage<RowCollection> {
  return {
    name: 'laci-rows',
    open: async (place: StoredPlace) => {
      const name = rowDatabaseName(place.databaseName, place.schema, place.collectionName);
      return createRowCollection(place, await openRowTable(name, place.schema, indexedDb));
    },
  };
}
