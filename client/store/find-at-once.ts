import type { PreparedQuery, RxDocumentData, RxStorageInstance } from 'rxdb';
import { fromDexieToStorage, getKeyRangeByQueryPlan } from 'rxdb/plugins/storage-dexie';

/** What RxDB's Dexie storage keeps behind its own interface. */
interface DexieInside {
  readonly dexieDb?: {
    transaction(
      mode: 'r',
      table: object,
      act: (tx: { readonly idbtrans: IDBTransaction }) => Promise<void>,
    ): Promise<void>;
  };
  readonly dexieTable?: { readonly name: string };
  readonly booleanIndexes?: string[];
}

/** Whether a storage has an index over the key alone beside those of the schema: RxDB's Dexie storage does, and its planner does not know. */
export async function hasKeyIndex(
  storage: Pick<RxStorageInstance<never, unknown, unknown>, 'internals'>,
): Promise<boolean> {
  return ((await storage.internals) as DexieInside | undefined)?.dexieTable !== undefined;
}

/**
 * The documents of a query that one index answers in its order, read in one go: RxDB's Dexie storage walks there from one to the
 * next, which takes ten times as long. Null where the storage is another one, or the query asks for more than a stretch of an index.
 */
export async function findAtOnce<Doc>(
  storage: Pick<RxStorageInstance<Doc, unknown, unknown>, 'internals'>,
  { query, queryPlan }: PreparedQuery<Doc>,
): Promise<RxDocumentData<Doc>[] | null> {
  const { dexieDb, dexieTable, booleanIndexes } = ((await storage.internals) ?? {}) as DexieInside;
  if (!dexieDb || !dexieTable || !booleanIndexes || query.skip) return null;
  if (!queryPlan.sortSatisfiedByIndex || !queryPlan.selectorSatisfiedByIndex) return null;
  const range = getKeyRangeByQueryPlan(booleanIndexes, queryPlan, IDBKeyRange);
  let rows: unknown[] = [];
  await dexieDb.transaction('r', dexieTable, async ({ idbtrans }) => {
    const index = idbtrans.objectStore(dexieTable.name).index(`[${queryPlan.index.join('+')}]`);
    rows = await answerOf(index.getAll(range, query.limit));
  });
  return rows.map((row) => asWritten(row as Row, booleanIndexes)) as RxDocumentData<Doc>[];
}

type Row = Record<string, unknown>;

/**
 * As RxDB's own: a mark of the table in the place of a truth value, and of a field whose name begins with what Dexie keeps for itself. Few have
 * such a field, and taking apart and building up all others takes longer than reading them.
 */
function asWritten(row: Row, booleanIndexes: string[]): Row {
  if (booleanIndexes.join() !== DELETED || hasMark(row)) return fromDexieToStorage(booleanIndexes, row);
  row[DELETED] = row[DELETED] === '1';
  return row;
}

const DELETED = '_deleted';

function hasMark(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(hasMark);
  for (const name in value) if (name.includes('__') || hasMark((value as Row)[name])) return true;
  return false;
}

function answerOf<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
