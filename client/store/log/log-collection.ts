import { must } from '../../../schema/result.ts';
import type { Cancel } from '../../device/device-deps.ts';
import { type Judged, judgeWrites } from '../judge-writes.ts';
import { selectDocs } from '../select-docs.ts';
import {
  createChanges,
  keyOf,
  type StoredCollection,
  type StoredPlace,
  type WriteError,
  type WriteRow,
} from '../stored-collection.ts';
import { createChangeFinder } from './change-finder.ts';
import { type FilledPage, fillWrite } from './fill-write.ts';
import type { LogWrite } from './group-commit.ts';
import { encodePage, encodeRecord, type LogRecord, type StoredDoc } from './log-record.ts';
import type { Log, LogMember } from './open-log.ts';
import { type OwnDoc, StoredDocs } from './stored-docs.ts';
import { takeFilled } from './take-filled.ts';

/** What a log's collection can do besides. */
export interface LogInside {
  /** All its documents and tombstones, without a query. */
  readonly allDocuments: () => StoredDocs;
  /** Writes a page of documents that are all new, and `beside` with it in one transaction. False, and nothing written, when they are not. */
  readonly fill: (page: NewPage, context: string, beside?: LogWrite) => Promise<boolean>;
  /** A write of this collection that goes to the disk with another one's. */
  readonly plan: (rows: readonly WriteRow[], context: string) => PlannedWrite;
  /** Hears of the documents of such a page, of which listeners are told nothing else. */
  readonly onFilled: (act: (docs: readonly OwnDoc[]) => void) => Cancel;
}
/** See {@link FilledPage}. */
export type NewPage = Omit<FilledPage, 'ids'>;

export interface PlannedWrite {
  readonly write: LogWrite;
  /** Those that were not written, once the rest is. */
  readonly errors: () => WriteError[];
}
export type LogCollection = StoredCollection & { readonly inside: LogInside };

/**
 * One collection that answers from memory, whose writes are in the log before memory has them: what is read is on the disk. Conflicts
 * are found against memory and the writes of the same turn.
 */
export function createLogCollection(place: StoredPlace, log: Log, onClose: () => Promise<void>): LogCollection {
  const key = keyOf(place.schema);
  const collection = `${place.collectionName}.${place.schema.version}`;
  /** Written in this turn, and not in memory yet. */
  const pending = new StoredDocs();
  const filled = new Set<(docs: readonly OwnDoc[]) => void>();
  const changes = createChanges();
  const record = (change: Parameters<typeof encodeRecord>[2]) => encodeRecord(collection, key, change);
  const finder = createChangeFinder(() => held());
  const take = ({ taken, change }: Judged) => {
    finder.forget();
    for (const { document } of taken) held().set(String(document[key]), document);
    if (change) changes.tell(change);
  };
  const member: LogMember = {
    docs: () => held(),
    become: (docs) => {
      const { rows, gone } = differences(held(), docs);
      take(judgeWrites(key, held(), rows, 'laci-other-tab'));
      for (const id of gone) held().delete(id);
    },
  };
  const held = log.join(collection, member);
  let closing: Promise<void> | null = null;
  const close = (left: () => StoredDocs) => {
    const end = async () => {
      log.leave(collection, member, left);
      await onClose();
    };
    closing ??= end();
    return closing;
  };
  const erase = (old: () => readonly string[]) =>
    log.write(
      erasure(old, record, (gone) => {
        finder.forget();
        for (const id of gone) held().delete(id);
      }),
    );
  const plan = (rows: readonly WriteRow[], context: string): PlannedWrite => {
    let judged: Judged | undefined;
    const write: LogWrite = {
      prepare: () => {
        judged = judgeWrites(key, overlay(pending, held()), rows, context);
        const docs = judged.taken.map(({ document }) => document);
        for (const doc of docs) pending.set(String(doc[key]), doc);
        return docs.length > 0 ? [record({ docs })] : [];
      },
      apply: () => take(must(judged, 'what was prepared')),
      settle: () => pending.clear(),
    };
    return { write, errors: () => must(judged, 'the answer of a write that is done').errors };
  };
  const isOld = (id: string) => held().get(id)?._deleted === true && !pending.has(id);
  return {
    place,
    key,
    inside: {
      allDocuments: held,
      fill: async ({ docs, ...rest }, context, beside) => {
        const page = { ids: docs.map((doc) => String(doc[key])), docs, ...rest };
        const take = () => {
          finder.forget();
          changes.tell(takeFilled(held(), page, context));
          for (const act of filled) act(docs);
        };
        const deps = { page, held, pending, record: (one: FilledPage) => encodePage(collection, key, one) };
        const { write, isWritten } = fillWrite(deps, take, beside);
        await log.write(write);
        return isWritten();
      },
      plan,
      onFilled: (act) => {
        filled.add(act);
        return () => filled.delete(act);
      },
    },
    write: async (rows, context) => {
      const { write, errors } = plan(rows, context);
      await log.write(write);
      return { error: errors() };
    },
    byIds: async (ids, withDeleted) => {
      const found = ids.flatMap((id) => held().get(id) ?? []);
      return withDeleted ? found : found.filter(({ _deleted }) => !_deleted);
    },
    find: async (query) => selectDocs(held().own(), query, key),
    count: async () => {
      let count = 0;
      for (const _doc of held().own()) count += 1;
      return count;
    },
    changedSince: async (limit, checkpoint) => finder.since(limit, checkpoint),
    onChange: changes.listen,
    cleanup: (until) => erase(() => tombstones(held(), until).filter((id) => !pending.has(id))),
    forget: (ids) => erase(() => ids.filter(isOld)),
    remove: async () => {
      await log.write({ prepare: () => [record({ emptied: true })], apply: () => undefined, settle: () => undefined });
      await close(() => new StoredDocs());
    },
    close: () => close(held),
  };
}

/** Two maps of documents, one over the other. */
function overlay(
  over: ReadonlyMap<string, StoredDoc>,
  under: ReadonlyMap<string, StoredDoc>,
): Pick<ReadonlyMap<string, StoredDoc>, 'get'> {
  return over.size === 0 ? under : { get: (id) => over.get(id) ?? under.get(id) };
}

/** Keys of the tombstones that were written by then. */
function tombstones(docs: StoredDocs, until: number): string[] {
  return [...docs].filter(([, doc]) => doc._deleted && doc._meta.lwt <= until).map(([id]) => id);
}

/** Takes keys off disk and memory. One that is written anew in the same turn is not among them. */
function erasure(
  old: () => readonly string[],
  record: (change: { gone: readonly string[] }) => LogRecord,
  forget: (ids: readonly string[]) => void,
): LogWrite {
  let gone: readonly string[] = [];
  return {
    prepare: () => {
      gone = old();
      return gone.length > 0 ? [record({ gone })] : [];
    },
    apply: () => forget(gone),
    settle: () => undefined,
  };
}

/** What another tab left on the disk, as writes of which listeners hear like of any other. */
function differences(before: StoredDocs, docs: StoredDocs): { rows: WriteRow[]; gone: string[] } {
  const changed = [...docs]
    .filter(([id, doc]) => before.get(id)?._rev !== doc._rev)
    .map(([id, document]): WriteRow => ({ previous: before.get(id), document }));
  const gone = [...before].filter(([id]) => !docs.has(id));
  const removed = gone.map(([, previous]): WriteRow => ({ previous, document: { ...previous, _deleted: true } }));
  return { rows: [...changed, ...removed], gone: gone.map(([id]) => id) };
}
