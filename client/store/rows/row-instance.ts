import {
  type BulkWriteRow,
  categorizeBulkWriteRows,
  getPrimaryFieldOfPrimaryKey,
  now,
  type RxDocumentData,
  type RxStorageDefaultCheckpoint,
  type RxStorageInstance,
  type RxStorageInstanceCreationParams,
} from 'rxdb';
import { Subject } from 'rxjs';
import { fromRow, type Row, type RowDoc, toRow } from './row-form.ts';
import { changedRows, countRows, findRows, oldTombstones } from './row-reads.ts';
import { answerOf, isAdded, type RowTable } from './row-table.ts';

type Doc = Record<string, unknown>;
export type RowParams = RxStorageInstanceCreationParams<Doc, unknown>;
export type RowInstance = RxStorageInstance<Doc, RowInside, unknown, RxStorageDefaultCheckpoint>;

/** What rows can do behind RxDB's interface. */
export interface RowInside {
  /** There is an index over the key alone, which RxDB's planner does not know. */
  readonly hasKeyIndex: true;
  /** Takes tombstones off the disk, those of these keys only: one that was written anew meanwhile stays. */
  readonly forget: (ids: readonly string[]) => Promise<void>;
}

/** One collection whose documents are rows of IndexedDB, for RxDB. One tab writes at a time; what is read is always the disk. */
export function createRowInstance(params: RowParams, table: RowTable): RowInstance {
  const key: string = getPrimaryFieldOfPrimaryKey(params.schema.primaryKey);
  const changes = new Subject<never>();
  const held = (rows: IDBObjectStore, ids: readonly string[]) =>
    Promise.all(ids.map((id) => answerOf(rows.get(id) as IDBRequest<Row | undefined>)));
  let closing: Promise<void> | null = null;
  const close = async () => {
    changes.complete();
    table.close();
  };
  const instance: RowInstance = {
    databaseName: params.databaseName,
    collectionName: params.collectionName,
    schema: params.schema,
    options: params.options as Readonly<unknown>,
    internals: {
      hasKeyIndex: true,
      forget: (ids) =>
        table.write(async (rows) => {
          const found = await held(rows, ids);
          for (const row of found) if (row?._deleted === '1') rows.delete(row[key] as string);
        }),
    },
    bulkWrite: async (writes, context) => {
      const [isNew, others] = [writes.filter(({ previous }) => !previous), writes.filter(({ previous }) => previous)];
      const { errors, eventBulk, newestRow } = await table.write(async (rows) => {
        const found = await Promise.all([addAll(rows, key, isNew), held(rows, others.map(idOf(key)))]);
        const present = found.flat().flatMap((row) => (row ? [fromRow(row)] : []));
        const before = new Map(present.map((doc) => [String(doc[key]), doc]));
        const judged = categorizeBulkWriteRows(instance, key as never, before as never, writes, context);
        for (const { document, previous } of [...judged.bulkInsertDocs, ...judged.bulkUpdateDocs])
          if (previous) rows.put(toRow(document as RowDoc));
        return judged;
      });
      if (newestRow && eventBulk.events.length > 0) {
        const { document } = newestRow;
        changes.next({ ...eventBulk, checkpoint: checkpointOf(document as RowDoc, key) } as never);
      }
      return { error: errors };
    },
    findDocumentsById: async (ids, withDeleted) => {
      const found = await table.read((rows) => held(rows, ids));
      return found.flatMap((row) => (row && (withDeleted || row._deleted === '0') ? [fromRow(row)] : [])) as never;
    },
    query: async (query) => ({
      documents: (await table.read((rows) => findRows(rows, params.schema, query))) as never,
    }),
    count: async (query) => ({
      count: await table.read((rows) => countRows(rows, params.schema, query)),
      mode: query.queryPlan.selectorSatisfiedByIndex ? 'fast' : 'slow',
    }),
    getChangedDocumentsSince: async (limit, checkpoint) => {
      const from = checkpoint ?? { lwt: 0, id: '' };
      const documents = await table.read((rows) => changedRows(rows, key, limit, from));
      const last = documents.at(-1);
      return { documents: documents as never, checkpoint: last ? checkpointOf(last, key) : from };
    },
    getAttachmentData: () => Promise.reject(new Error('This storage keeps no attachments.')),
    changeStream: () => changes.asObservable(),
    cleanup: async (minimumDeletedTime) => {
      await table.write(async (rows) => {
        for (const id of await oldTombstones(rows, key, now() - minimumDeletedTime)) rows.delete(id);
      });
      return true;
    },
    remove: async () => {
      await table.write(async (rows) => void (await answerOf(rows.clear())));
      await instance.close();
    },
    close: () => {
      closing ??= close();
      return closing;
    },
  };
  return instance;
}

/** Writes documents that nobody has seen there, without asking first: one way to the disk. Gives the rows of those whose key is taken. */
function addAll(rows: IDBObjectStore, key: string, writes: readonly BulkWriteRow<Doc>[]): Promise<(Row | undefined)[]> {
  return Promise.all(
    writes.map(async ({ document }) => {
      const row = toRow(document as RowDoc);
      return (await isAdded(rows.add(row))) ? undefined : await answerOf<Row>(rows.get(row[key] as string));
    }),
  );
}

function idOf(key: string) {
  return ({ document }: BulkWriteRow<Doc>) => String((document as RxDocumentData<Doc>)[key]);
}

function checkpointOf(doc: RowDoc, key: string): RxStorageDefaultCheckpoint {
  return { id: String(doc[key]), lwt: doc._meta.lwt };
}
