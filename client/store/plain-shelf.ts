import type { Cancel } from '../device/device-deps.ts';
import type { StoredDoc } from './log/log-record.ts';
import { type Layers, ownFields, type StoredDocs } from './log/stored-docs.ts';
import type { Shelf } from './shelf.ts';
import type { Change, InsideCollection, WriteError, WriteRow } from './stored-collection.ts';
import type { Stamp } from './write-stamp.ts';

/** Times that a document may change under a replace before something else is wrong. */
const CHANGED_MAX = 20;

/** A shelf over a collection as our storages keep it. What RxDB writes there, this one hears of, and RxDB of what is written here. */
export function createPlainShelf<Doc extends object>(collection: InsideCollection, stamp: Stamp): Shelf<Doc> {
  const { inside, key } = collection;
  const { allDocuments, onFilled } = inside;
  const idOf = (doc: Doc) => String(doc[key as keyof Doc]);
  const replaceAll = async (docs: readonly Doc[], tries = CHANGED_MAX): Promise<void> => {
    if (docs.length === 0) return;
    const present = await collection.byIds(docs.map(idOf), true);
    const before = new Map(present.map((row) => [String(row[key]), row]));
    const stamped = stamp();
    const rows = docs.map((doc): WriteRow => stamped(doc, before.get(idOf(doc))));
    const { error } = await collection.write(rows, 'laci-replace');
    const meanwhile = new Set(error.map(({ documentId }) => documentId));
    if (tries === 0) refuse(error);
    // Written by RxDB, or by another replace, since it was looked for: whole over whole, the later stands.
    await replaceAll(
      docs.filter((doc) => meanwhile.has(idOf(doc))),
      tries - 1,
    );
  };
  /** A key whose document was removed, and the mark of it was not yet, is free. */
  const insertAll = async (docs: readonly Doc[]): Promise<WriteError[]> => {
    if (docs.length === 0) return [];
    const stamped = stamp();
    const { error } = await collection.write(
      docs.map((doc) => stamped(doc)),
      'laci-insert',
    );
    const marks = new Map(
      error.flatMap(({ documentId, documentInDb: mark }) => (mark._deleted ? [[documentId, mark]] : [])),
    );
    if (marks.size === 0) return error;
    const again = docs.filter((doc) => marks.has(idOf(doc))).map((doc) => stamped(doc, marks.get(idOf(doc))));
    const more = await collection.write(again, 'laci-insert');
    return [...error.filter(({ documentId }) => !marks.has(documentId)), ...more.error];
  };
  return {
    // Where the key is taken it is judged: what lies there may be a mark that something was removed.
    insert: async (doc, prove) => {
      if (!inside.add) prove?.();
      else if (await inside.add(stamp()(doc), 'laci-insert', prove)) return true;
      return (await insertAll([doc])).length === 0;
    },
    insertAll: async (docs) => refuse(await insertAll(docs)),
    replace: (doc) => replaceAll([doc]),
    replaceAll: (docs) => replaceAll(docs),
    byIds: async (ids) => (await collection.byIds(ids, false)).map(asDoc<Doc>),
    find: async (query) => (await collection.find(query)) as readonly object[] as Doc[],
    count: collection.count,
    inMemory: (size) => (allDocuments ? pagesWhenAsked<Doc>(allDocuments, size) : null),
    layers: () => (allDocuments?.().layers() ?? null) as Layers<object> | null as Layers<Doc> | null,
    remove: async (ids) => {
      const present = await collection.byIds(ids, false);
      const stamped = stamp();
      const rows = present.map((row) => stamped(row, row, true));
      if (rows.length > 0) refuse((await collection.write(rows, 'laci-remove')).error);
      // Marks that an interrupted removal left are among these ids too.
      await collection.forget(ids);
    },
    onWritten: (act) => {
      const told = ({ events }: Change) => {
        const written = events.filter(({ operation }) => operation !== 'DELETE');
        if (written.length > 0) act(written.map(({ documentData }) => asDoc<Doc>(documentData)));
      };
      const cancels: (Cancel | undefined)[] = [
        collection.onChange(told),
        onFilled?.((docs) => act(docs as readonly object[] as Doc[])),
      ];
      return () => {
        for (const cancel of cancels) cancel?.();
      };
    },
    onRemoved: (act) =>
      collection.onChange(({ events }) => {
        const removed = events.filter(({ operation }) => operation === 'DELETE');
        if (removed.length > 0) act(removed.map(({ documentId }) => documentId));
      }),
  };
}

/** Read out with the first page that is taken: whoever only keeps the pages for later waits for nothing. */
function* pagesWhenAsked<Doc>(allDocuments: () => StoredDocs, size: number): Iterable<readonly Doc[]> {
  yield* allDocuments().pages(size) as Iterable<readonly object[]> as Iterable<readonly Doc[]>;
}

function asDoc<Doc>(row: StoredDoc): Doc {
  return ownFields(row) as object as Doc;
}

function refuse([failed]: readonly WriteError[]): void {
  if (failed) throw new Error(`The disk did not take ${failed.documentId} (${failed.status}).`);
}
