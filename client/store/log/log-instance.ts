import {
  type BulkWriteRow,
  categorizeBulkWriteRows,
  now,
  type RxStorageDefaultCheckpoint,
  type RxStorageInstance,
} from 'rxdb';
import { type RxStorageInstanceMemory, removeDocFromState } from 'rxdb/plugins/storage-memory';
import { must } from '../../../schema/result.ts';
import type { Cancel } from '../../device/device-deps.ts';
import type { WhenAsked } from '../when-asked.ts';
import { createChangeFinder } from './change-finder.ts';
import { fillWrite } from './fill-write.ts';
import type { LogWrite } from './group-commit.ts';
import { buildIndexesWhenAsked } from './lazy-indexes.ts';
import { encodeRecord, type LogRecord, type StoredDoc } from './log-record.ts';
import type { Log, LogMember } from './open-log.ts';
import { type OwnDoc, type RxFields, StoredDocs } from './stored-docs.ts';
import { takeFilled } from './take-filled.ts';

type Doc = Record<string, unknown>;
type Memory = RxStorageInstanceMemory<Doc>;
type Rows = BulkWriteRow<Doc>[];

/** What a log's collection can do behind RxDB's interface. */
export interface LogInside {
  /** All its documents and tombstones, without a query. */
  readonly allDocuments: () => StoredDocs;
  /** Writes a page of documents that are all new, with the same of what RxDB keeps beside them. False, and nothing written, when they are not. */
  readonly fill: (docs: readonly OwnDoc[], fields: RxFields, context: string) => Promise<boolean>;
  /** Hears of the documents of such a page, of which RxDB tells nobody. */
  readonly onFilled: (act: (docs: readonly OwnDoc[]) => void) => Cancel;
}

/**
 * One collection that answers from RxDB's own memory storage, whose writes are in the log before memory has them: what is read is on the
 * disk. Conflicts are found against memory and the writes of the same turn.
 */
export function createLogInstance(
  memory: Memory,
  log: Log,
  collection: string,
  onClose: () => Promise<void>,
): RxStorageInstance<Doc, unknown, unknown> {
  const key = memory.primaryPath as string;
  /** Written in this turn, and not in memory yet. */
  const pending = new StoredDocs();
  const filled = new Set<(docs: readonly OwnDoc[]) => void>();
  const record = (change: Parameters<typeof encodeRecord>[2]) => encodeRecord(collection, key, change);
  buildIndexesWhenAsked(memory.internals);
  const changes = createChangeFinder(() => held(memory));
  const member: LogMember = {
    docs: () => held(memory),
    become: (docs) => {
      changes.forget();
      become(memory, docs);
    },
  };
  const documents = log.join(collection, member);
  // RxDB reaches for them with its first read or write.
  Object.defineProperty(memory.internals, 'documents', { get: documents });
  let closing: Promise<void> | null = null;
  const close = (left: WhenAsked<StoredDocs>) => {
    const end = async () => {
      log.leave(collection, member, left);
      await memory.close();
      await onClose();
    };
    closing ??= end();
    return closing;
  };
  const inside: LogInside = {
    allDocuments: () => held(memory),
    fill: async (docs, fields, context) => {
      const page = { ids: docs.map((doc) => String(doc[key])), docs, fields };
      const { write, isWritten } = fillWrite({ page, held: () => held(memory), pending, record }, () => {
        changes.forget();
        if (takeFilled(memory, held(memory), page, context)) for (const act of filled) act(docs);
      });
      await log.write(write);
      return isWritten();
    },
    onFilled: (act) => {
      filled.add(act);
      return () => filled.delete(act);
    },
  };
  return {
    databaseName: memory.databaseName,
    collectionName: memory.collectionName,
    schema: memory.schema,
    internals: Object.assign(memory.internals, inside),
    options: memory.options,
    bulkWrite: async (rows, context) => {
      let answer: ReturnType<Memory['bulkWrite']> | undefined;
      await log.write({
        prepare: () => {
          const docs = written(memory, key, overlay(pending, held(memory)), rows, context);
          for (const doc of docs) pending.set(String(doc[key]), doc);
          return docs.length > 0 ? record({ docs }) : null;
        },
        apply: () => {
          changes.forget();
          answer = memory.bulkWrite(rows, context);
        },
        settle: () => pending.clear(),
      });
      return must(answer, 'the answer of a write that is done');
    },
    findDocumentsById: (ids, withDeleted) => memory.findDocumentsById(ids, withDeleted),
    query: (query) => memory.query(query),
    count: (query) => memory.count(query),
    getChangedDocumentsSince: async (limit, checkpoint) =>
      changes.since(limit, checkpoint as RxStorageDefaultCheckpoint | undefined),
    getAttachmentData: (id, attachment, digest) => memory.getAttachmentData(id, attachment, digest),
    changeStream: () => memory.changeStream(),
    cleanup: async (minimumDeletedTime) => {
      const old = () => tombstones(memory, minimumDeletedTime).filter((id) => !pending.has(id));
      const erase = erasure(memory, old, record);
      const apply = () => {
        changes.forget();
        erase.apply();
      };
      await log.write({ ...erase, apply });
      return true;
    },
    remove: async () => {
      await log.write({ prepare: () => record({ emptied: true }), apply: () => undefined, settle: () => undefined });
      await close(() => new StoredDocs());
    },
    close: () => {
      memory.ensurePersistence();
      return close(documents);
    },
  };
}

/** RxDB's memory storage sorts new documents into its maps a moment later. */
function held(memory: Memory): StoredDocs {
  memory.ensurePersistence();
  return memory.internals.documents as unknown as StoredDocs;
}

/** The documents that a write would put on the disk: those without a conflict. */
function written(
  memory: Memory,
  key: string,
  docs: ReadonlyMap<string, StoredDoc>,
  rows: Rows,
  context: string,
): StoredDoc[] {
  const { bulkInsertDocs, bulkUpdateDocs } = categorizeBulkWriteRows(
    memory,
    key as never,
    docs as never,
    rows,
    context,
  );
  return [...bulkInsertDocs, ...bulkUpdateDocs].map(({ document }) => document as StoredDoc);
}

/** What RxDB asks of a map of documents, over two of them. */
function overlay(
  over: ReadonlyMap<string, StoredDoc>,
  under: ReadonlyMap<string, StoredDoc>,
): ReadonlyMap<string, StoredDoc> {
  if (over.size === 0) return under;
  return { size: over.size + under.size, get: (id: string) => over.get(id) ?? under.get(id) } as never;
}

/** Keys of the tombstones of a certain age. */
function tombstones(memory: Memory, minimumDeletedTime: number): string[] {
  const newest = now() - minimumDeletedTime;
  const old = [...held(memory)].filter(([, doc]) => doc._deleted && doc._meta.lwt <= newest);
  return old.map(([id]) => id);
}

/** Takes keys off disk and memory. One that is written anew in the same turn is not among them. */
function erasure(
  memory: Memory,
  old: () => readonly string[],
  record: (change: { gone: readonly string[] }) => LogRecord,
): LogWrite {
  let gone: readonly string[] = [];
  return {
    prepare: () => {
      gone = old();
      return gone.length > 0 ? record({ gone }) : null;
    },
    apply: () => forget(memory, gone),
    settle: () => undefined,
  };
}

function forget(memory: Memory, ids: Iterable<string>): void {
  const docs = held(memory);
  for (const id of ids) {
    const doc = docs.get(id);
    if (doc) removeDocFromState(memory.primaryPath as string, memory.schema, memory.internals, doc as never);
  }
}

/** Takes in what another tab left on the disk; listeners hear of it as of any other write. */
function become(memory: Memory, docs: StoredDocs): void {
  const before = held(memory);
  const gone = [...before].filter(([id]) => !docs.has(id)).map(([, doc]) => doc);
  const changed = [...docs]
    .filter(([id, doc]) => before.get(id)?._rev !== doc._rev)
    .map(([id, document]) => ({
      previous: before.get(id),
      document,
    }));
  const removed = gone.map((previous) => ({ previous, document: { ...previous, _deleted: true } }));
  const rows = [...changed, ...removed] as Rows;
  if (rows.length > 0) void memory.bulkWrite(rows, 'laci-other-tab');
  forget(
    memory,
    gone.map((doc) => String(doc[memory.primaryPath])),
  );
}
