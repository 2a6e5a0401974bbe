import { ensureRxStorageInstanceParamsAreCorrect, RXDB_VERSION, type RxStorage } from 'rxdb';
import { createRowInstance, type RowParams } from './row-instance.ts';
import { openRowTable, rowDatabaseName } from './row-table.ts';

/**
 * A storage for RxDB that keeps each document as a row of IndexedDB, every collection in a database of its own, as RxDB's Dexie storage lays
 * them and without Dexie. For collections that grow with every sale and are read by key or by index, a few documents at a time.
 */
export function createRowStorage(indexedDb: IDBFactory): RxStorage<unknown, unknown> {
  const create = async (params: RowParams) => {
    ensureRxStorageInstanceParamsAreCorrect(params);
    const { databaseName, collectionName, schema } = params;
    const name = rowDatabaseName(databaseName, schema, collectionName);
    return createRowInstance(params, await openRowTable(name, schema as never, indexedDb));
  };
  return {
    name: 'laci-rows',
    rxdbVersion: RXDB_VERSION,
    createStorageInstance: create as unknown as RxStorage<unknown, unknown>['createStorageInstance'],
  };
}
