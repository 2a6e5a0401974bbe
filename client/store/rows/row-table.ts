import { openLastingDatabase } from '../lasting-database.ts';
import { keyOf, type StoredSchema } from '../stored-collection.ts';

/** The rows of one collection, and the database of their own that they lie in. */
export interface RowTable {
  /** Runs `act` in a transaction that only reads. */
  read<Value>(act: (rows: IDBObjectStore) => Promise<Value>): Promise<Value>;
  /**
   * Runs `act` in a transaction whose durability is strict; resolves when all of it is on the disk. Rejects when the disk fails or `act` throws,
   * and then nothing of it was written.
   */
  write<Value>(act: (rows: IDBObjectStore) => Promise<Value>): Promise<Value>;
  /**
   * Adds one row in a strict transaction of its own; resolves when it is on the disk. False where its key is taken: then nothing was written. Rejects
   * when the disk fails. `prove` is asked while the disk's process takes the row, before the transaction may end: where it throws nothing is
   * written, and this rejects with it.
   */
  add(row: object, prove?: () => void): Promise<boolean>;
  close(): void;
}

/** The layout of RxDB's Dexie storage, as Dexie numbers its first version. */
const LAYOUT_VERSION = 10;
const ROWS = 'docs';

/** The name under which RxDB's Dexie storage keeps a collection. */
export function rowDatabaseName(
  database: string,
  { version }: Pick<StoredSchema, 'version'>,
  collection: string,
): string {
  return `rxdb-dexie-${database}--${version}--${collection}`;
}

/**
 * Opens (or makes) the rows of a collection, laid out as RxDB's Dexie storage lays them: what older apps wrote is simply there, and an older
 * app may come back. Rejects when the browser refuses the disk, or a newer app made this layout another one.
 */
export async function openRowTable(name: string, schema: StoredSchema, indexedDb: IDBFactory): Promise<RowTable> {
  const database = await openLastingDatabase(
    { name, version: LAYOUT_VERSION, layOut: (made) => layOut(made, schema) },
    indexedDb,
  );
  return {
    read: async (act) => act((await database.begin(ROWS)).objectStore(ROWS)),
    write: async (act) => {
      const transaction = await database.begin(ROWS, 'readwrite');
      const done = finished(transaction);
      try {
        const value = await act(transaction.objectStore(ROWS));
        await done;
        return value;
      } catch (error) {
        abort(transaction);
        // What stopped it is said, not that it stopped.
        throw transaction.error ?? error;
      }
    },
    add: async (row, prove) => addAlone(await database.begin(ROWS, 'readwrite'), row, prove),
    close: () => database.close(),
  };
}

/** The answer of one request; one that fails ends its transaction. */
export function answerOf<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The rows could not be read.'));
  });
}

/** Whether a row was added; false where its key is taken, and then its transaction goes on. */
export function isAdded(request: IDBRequest): Promise<boolean> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(true);
    request.onerror = (event) => {
      if (request.error?.name !== 'ConstraintError') return reject(request.error);
      event.preventDefault();
      resolve(false);
    };
  });
}

/** The end is asked for with the row: who first waits to hear that it is there waits for the disk's process once more. */
async function addAlone(transaction: IDBTransaction, row: object, prove = () => {}): Promise<boolean> {
  const done = finished(transaction);
  try {
    const added = isAdded(transaction.objectStore(ROWS).add(row));
    // Where the transaction ended by itself already, that is what is told.
    added.catch(() => undefined);
    proveOrAbort(transaction, prove);
    transaction.commit();
    // Where the key is taken, some browsers abort what was to end: nothing else is in it.
    if (!(await added)) return false;
    await done;
    return true;
  } catch (error) {
    throw transaction.error ?? error;
  }
}

function proveOrAbort(transaction: IDBTransaction, prove: () => void): void {
  try {
    prove();
  } catch (error) {
    abort(transaction);
    throw error;
  }
}

function finished(transaction: IDBTransaction): Promise<void> {
  const done = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('The rows could not be written.'));
  });
  // Whoever writes waits for it; where its own part throws first, that is what is told.
  done.catch(() => undefined);
  return done;
}

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch {
    // It has ended by itself.
  }
}

/** With the two tables that Dexie's layout has and nothing uses: an older app asks for them. */
function layOut(database: IDBDatabase, { primaryKey, indexes = [] }: StoredSchema): void {
  const key = keyOf({ primaryKey });
  const rows = database.createObjectStore(ROWS, { keyPath: key });
  const own = indexes.map((fields) => [fields].flat() as string[]);
  for (const fields of [['_deleted', key], ...own, ['_meta.lwt', key]]) {
    const index = indexName(fields);
    if (!rows.indexNames.contains(index)) rows.createIndex(index, fields);
  }
  rows.createIndex('_meta.lwt', '_meta.lwt');
  database.createObjectStore('changes', { keyPath: 'sequence', autoIncrement: true }).createIndex('id', 'id');
  database.createObjectStore('attachments', { keyPath: 'id' });
}

/** How the layout names an index over several fields. */
export function indexName(fields: readonly string[]): string {
  return `[${fields.join('+')}]`;
}
