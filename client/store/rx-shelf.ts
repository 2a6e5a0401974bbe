import {
  getDefaultRevision,
  getDefaultRxDocumentMeta,
  type MangoQuery,
  type PreparedQuery,
  type RxChangeEvent,
  type RxCollection,
  type RxDocumentData,
} from 'rxdb';
import type { Cancel } from '../device/device-deps.ts';
import { ownFields } from './log/stored-docs.ts';
import { pagesOf } from './pages-of.ts';
import type { Inside } from './rx-storage.ts';
import type { Shelf, ShelfQuery } from './shelf.ts';

/** A shelf over an RxDB collection. */
export function createRxShelf<Doc extends object>(collection: RxCollection<Doc>): Shelf<Doc> {
  const storage = () => collection.storageInstance;
  return {
    insert: async (doc, prove) => {
      prove?.();
      return insertNew(collection, doc);
    },
    insertAll: (docs) => insertAllNew(collection, docs),
    replace: async (doc) => void (await collection.incrementalUpsert(doc)),
    replaceAll: (docs) => replaceAll(collection, docs),
    byIds: async (ids) => (await storage().findDocumentsById([...ids], false)).map(ownFields),
    find: async (query) => (await findRows(collection, query)).map(ownFields),
    count: async () => (await storage().count(prepare(collection, {}))).count,
    inMemory: (size) => {
      const { allDocuments } = insideOf(collection);
      return allDocuments ? pagesOf(() => allDocuments().own() as Iterable<Doc>, size) : null;
    },
    remove: (ids) => removeAll(collection, ids),
    onWritten: (act) => {
      const { onFilled } = insideOf(collection);
      const cancels = [
        listen(collection, (events) => {
          const written = events.filter(({ operation }) => operation !== 'DELETE');
          if (written.length > 0)
            act(written.map(({ documentData }) => ownFields(documentData as RxDocumentData<Doc>)));
        }),
        onFilled?.((docs) => act(docs as readonly Doc[])),
      ];
      return () => {
        for (const cancel of cancels) cancel?.();
      };
    },
    onRemoved: (act) =>
      listen(collection, (events) => {
        const removed = events.filter(({ operation }) => operation === 'DELETE');
        if (removed.length > 0) act(removed.map(({ documentId }) => documentId));
      }),
  };
}

function listen<Doc>(collection: RxCollection<Doc>, act: (events: readonly RxChangeEvent<Doc>[]) => void): Cancel {
  const subscription = collection.eventBulks$.subscribe(({ events }) => act(events as RxChangeEvent<Doc>[]));
  return () => subscription.unsubscribe();
}

/** What our own storages can do behind RxDB's interface; nothing of it where the storage is another one. */
function insideOf<Doc>({ storageInstance }: RxCollection<Doc>): Inside {
  return (storageInstance.internals ?? {}) as Inside;
}

/** So far back that no tombstone is too young, whatever the clock did since it was written; 100 years in milliseconds. */
const ANY_AGE_MS = -100 * 365 * 24 * 60 * 60 * 1000;

/** RxDB only marks a document as deleted; then the mark goes too. */
async function removeAll<Doc extends object>(collection: RxCollection<Doc>, ids: readonly string[]): Promise<void> {
  const storage = collection.storageInstance;
  const present = await storage.findDocumentsById([...ids], false);
  const rows = present.map((previous) => ({ previous, document: { ...previous, _deleted: true } }));
  const { error } = rows.length > 0 ? await storage.bulkWrite(rows, 'laci-remove') : { error: [] };
  const failed = error[0];
  if (failed) throw new Error(`The disk did not let go of ${failed.documentId} (${failed.status}).`);
  // Marks that an interrupted removal left are among these ids too.
  await (insideOf(collection).forget?.(ids) ?? storage.cleanup(ANY_AGE_MS));
}

async function insertNew<Doc extends object>({ storageInstance }: RxCollection<Doc>, doc: Doc): Promise<boolean> {
  // Past RxDB's own way, which makes a document of its own of what was just sealed: a sale waits for this.
  const { error } = await storageInstance.bulkWrite([{ document: asNew(doc) }], 'laci-insert');
  const failed = error[0];
  if (failed === undefined) return true;
  if (failed.status === CONFLICT) return false;
  throw new Error(`The disk did not take ${failed.documentId} (${failed.status}).`);
}

function asNew<Doc extends object>(doc: Doc): RxDocumentData<Doc> {
  const own = { _deleted: false, _attachments: {}, _meta: getDefaultRxDocumentMeta(), _rev: getDefaultRevision() };
  return { ...doc, ...own };
}

async function insertAllNew<Doc extends object>(collection: RxCollection<Doc>, docs: readonly Doc[]): Promise<void> {
  const { error } = docs.length > 0 ? await collection.bulkInsert([...docs]) : { error: [] };
  const failed = error[0];
  if (failed) throw new Error(`The disk did not take ${failed.documentId} (${failed.status}).`);
}

/** In one write of the storage: what RxDB offers for many replaces those that are there one by one. */
async function replaceAll<Doc extends object>(collection: RxCollection<Doc>, docs: readonly Doc[]): Promise<void> {
  if (docs.length === 0) return;
  const storage = collection.storageInstance;
  const idOf = (doc: Doc) => String(doc[collection.schema.primaryPath as keyof Doc]);
  const present = await storage.findDocumentsById(docs.map(idOf), true);
  const before = new Map(present.map((row) => [idOf(row as Doc), row]));
  const rows = docs.map((doc) => {
    const previous = before.get(idOf(doc));
    if (!previous) return { document: asNew(doc) };
    const { _meta, _rev } = previous;
    return { previous, document: { ...asNew(doc), _meta, _rev } };
  });
  const { error } = await storage.bulkWrite(rows, 'laci-replace');
  const failed = error[0];
  if (failed) throw new Error(`The disk did not take ${failed.documentId} (${failed.status}).`);
}

/** How RxDB says that the key is taken. */
const CONFLICT = 409;

async function findRows<Doc extends object>(
  collection: RxCollection<Doc>,
  query: ShelfQuery,
): Promise<readonly RxDocumentData<Doc>[]> {
  const storage = collection.storageInstance;
  const byKey = (query.sort ?? []).join() === collection.schema.primaryPath && insideOf(collection).hasKeyIndex;
  const prepared = prepare(collection, byKey ? { ...query, index: [collection.schema.primaryPath] } : query);
  return (await storage.query(prepared)).documents;
}

/** RxDB plans the query; the storage runs it, so that no cache of RxDB's answers for the disk. */
function prepare<Doc extends object>(
  collection: RxCollection<Doc>,
  query: ShelfQuery & { readonly index?: readonly string[] },
): PreparedQuery<Doc> {
  const sort = (query.sort ?? [collection.schema.primaryPath]).map((field) => ({ [field]: 'asc' }));
  const mango = {
    ...{ selector: query.where ?? {}, sort },
    ...(query.index ? { index: [...query.index] } : {}),
    ...(query.limit === undefined ? {} : { limit: query.limit }),
  };
  return collection.find(mango as MangoQuery<Doc>).getPreparedQuery();
}
