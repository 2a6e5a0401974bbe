import type { RxStorage } from 'rxdb';
import { fromDexieToStorage } from 'rxdb/plugins/storage-dexie';
import type { StoredDoc } from './log-record.ts';
import type { AnyInstance, AnyParams, TakeIn } from './log-storage.ts';

export interface TakeInDeps {
  readonly dexie: RxStorage<unknown, unknown>;
  readonly indexedDb: Pick<IDBFactory, 'deleteDatabase'>;
}

/** What RxDB's Dexie storage keeps behind its own interface. */
interface DexieInside {
  readonly dexieTable: { toArray(): Promise<readonly unknown[]> };
  readonly booleanIndexes: string[];
}

/** Documents written in one transaction. */
const COPIED_AT_ONCE = 1_000;

/**
 * Copies what RxDB's Dexie storage holds of a collection: documents whose key is not there yet, tombstones too. Gives null where Dexie has
 * nothing; else the way to copy what came since and to remove Dexie's database, for a tab that holds the device. Cut off anywhere, the
 * next start does the rest. Rejects, and removes nothing, when a document is not there afterwards.
 */
export function takeInDexie(deps: TakeInDeps): TakeIn {
  return async (params, to, present) => {
    const name = `rxdb-dexie-${params.databaseName}--${params.schema.version}--${params.collectionName}`;
    if (!present.has(name)) return null;
    await copyAll(deps, params, to);
    return async () => {
      await copyAll(deps, params, to);
      await remove(deps.indexedDb, name);
    };
  };
}

async function copyAll({ dexie }: TakeInDeps, params: AnyParams, to: AnyInstance): Promise<void> {
  const from = (await dexie.createStorageInstance(params as never)) as unknown as AnyInstance;
  try {
    const { dexieTable, booleanIndexes } = await (from.internals as Promise<DexieInside>);
    const rows = await dexieTable.toArray();
    const docs = rows.map((row) => fromDexieToStorage(booleanIndexes, row) as unknown as StoredDoc);
    for (let at = 0; at < docs.length; at += COPIED_AT_ONCE) await copy(docs.slice(at, at + COPIED_AT_ONCE), to);
  } finally {
    await from.close();
  }
}

async function copy(docs: readonly StoredDoc[], to: AnyInstance): Promise<void> {
  const key = keyOf(to);
  const ids = docs.map((doc) => String(doc[key]));
  const there = new Set((await to.findDocumentsById(ids, true)).map((doc) => String(doc[key])));
  const missing = docs.filter((_doc, index) => !there.has(ids[index] as string));
  if (missing.length > 0) await to.bulkWrite(missing.map((document) => ({ document })) as never, 'laci-take-in');
  const { length } = await to.findDocumentsById(ids, true);
  if (length !== ids.length) throw new Error(`Only ${length} of ${ids.length} documents were copied.`);
}

function keyOf({ schema }: AnyInstance): string {
  const { primaryKey } = schema;
  return typeof primaryKey === 'string' ? primaryKey : String(primaryKey.key);
}

function remove(indexedDb: TakeInDeps['indexedDb'], name: string): Promise<void> {
  const request = indexedDb.deleteDatabase(name);
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error ?? new Error(`${name} could not be removed.`));
    // Another tab still has it open; the next start removes it.
    request.onblocked = () => resolve();
  });
}
