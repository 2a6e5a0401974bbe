import { type Judged, judgeWrites, reachedWith } from '../judge-writes.ts';
import type { StoredDoc } from '../log/log-record.ts';
import { ownFields } from '../log/stored-docs.ts';
import { createChanges, keyOf, type StoredCollection, type StoredPlace, type WriteRow } from '../stored-collection.ts';
import { fromRow, type Row, type RowDoc, toRow } from './row-form.ts';
import { changedRows, countRows, findRows, oldTombstones } from './row-reads.ts';
import { answerOf, isAdded, type RowTable } from './row-table.ts';

/** What rows can do besides. */
export interface RowInside {
  /** The rows themselves, to be read. */
  readonly read: RowTable['read'];
  /** There is an index over the key alone, which RxDB's planner does not know. */
  readonly hasKeyIndex: true;
  /**
   * Writes one new document, so that what was just sold waits for the disk once. False where its key is taken; rejects when the disk fails, and
   * with what `prove` throws.
   */
  readonly add: (row: WriteRow, context: string, prove?: () => void) => Promise<boolean>;
}
export type RowCollection = StoredCollection & { readonly inside: RowInside };

/** One collection whose documents are rows of IndexedDB. One tab writes at a time; what is read is always the disk. */
export function createRowCollection(place: StoredPlace, table: RowTable): RowCollection {
  const key = keyOf(place.schema);
  const changes = createChanges();
  const held = (rows: IDBObjectStore, ids: readonly string[]) =>
    Promise.all(ids.map((id) => answerOf(rows.get(id) as IDBRequest<Row | undefined>)));
  const close = async () => table.close();
  const tell = ({ change }: Judged): void => {
    if (change) changes.tell(change);
  };
  const add: RowInside['add'] = async (row, context, prove) => {
    const isWritten = await table.add(toRow(row.document), prove);
    if (isWritten) tell(judgeWrites(key, new Map(), [row], context));
    return isWritten;
  };
  return {
    place,
    key,
    inside: { read: table.read, hasKeyIndex: true, add },
    write: async (writes, context) => {
      const [isNew, others] = [writes.filter(({ previous }) => !previous), writes.filter(({ previous }) => previous)];
      const written = await table.write(async (rows): Promise<Judged> => {
        const found = await Promise.all([addAll(rows, key, isNew), held(rows, others.map(idOf(key)))]);
        const present = found.flat().flatMap((row) => (row ? [fromRow(row)] : []));
        const judged = judgeWrites(key, new Map(present.map((doc) => [String(doc[key]), doc])), writes, context);
        for (const { document, previous } of judged.taken) if (previous) rows.put(toRow(document));
        return judged;
      });
      tell(written);
      return { error: written.errors };
    },
    byIds: async (ids, withDeleted) => {
      const found = await table.read((rows) => held(rows, ids));
      return found.flatMap((row) => (row && (withDeleted || row._deleted === '0') ? [fromRow(row)] : []));
    },
    find: async (query) => (await table.read((rows) => findRows(rows, key, query))).map(ownFields<RowDoc>),
    count: () => table.read((rows) => countRows(rows, key)),
    changedSince: async (limit, checkpoint = { lwt: 0, id: '' }) => {
      const documents = await table.read((rows) => changedRows(rows, key, limit, checkpoint));
      const last: StoredDoc | undefined = documents.at(-1);
      return { documents, checkpoint: last ? reachedWith(last, key) : checkpoint };
    },
    onChange: changes.listen,
    cleanup: (until) =>
      table.write(async (rows) => {
        for (const id of await oldTombstones(rows, key, until)) rows.delete(id);
      }),
    forget: (ids) =>
      table.write(async (rows) => {
        for (const row of await held(rows, ids)) if (row?._deleted === '1') rows.delete(row[key] as string);
      }),
    remove: async () => {
      await table.write(async (rows) => void (await answerOf(rows.clear())));
      await close();
    },
    close,
  };
}

/** Writes documents that nobody has seen there, without asking first: one way to the disk. Gives the rows of those whose key is taken. */
function addAll(rows: IDBObjectStore, key: string, writes: readonly WriteRow[]): Promise<(Row | undefined)[]> {
  return Promise.all(
    writes.map(async ({ document }) => {
      const row = toRow(document);
      return (await isAdded(rows.add(row))) ? undefined : await answerOf<Row>(rows.get(row[key] as string));
    }),
  );
}

function idOf(key: string) {
  return ({ document }: WriteRow) => String(document[key]);
}
