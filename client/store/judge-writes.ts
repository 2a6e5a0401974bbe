import type { StoredDoc } from './log/log-record.ts';
import {
  type Change,
  type ChangedDoc,
  CONFLICT,
  type Reached,
  type WriteError,
  type WriteRow,
} from './stored-collection.ts';

/** What becomes of the rows of one write. */
export interface Judged {
  readonly taken: readonly WriteRow[];
  readonly errors: WriteError[];
  /** What listeners hear of it; null where there is nothing to hear. */
  readonly change: Change | null;
}

let told = 0;
/** RxDB passes no change on twice, and knows them by this. */
export function newChangeId(): string {
  told += 1;
  return `laci-${told}`;
}

/**
 * Which rows of a write are taken, and which meet something else than their writer knew: RxDB's own rule for storages
 * (`categorizeBulkWriteRows`), without attachments, which no collection has. `held` is what is there, tombstones too.
 */
export function judgeWrites(
  key: string,
  held: Pick<ReadonlyMap<string, StoredDoc>, 'get'>,
  rows: readonly WriteRow[],
  context: string,
): Judged {
  const [taken, errors, events]: [WriteRow[], WriteError[], ChangedDoc[]] = [[], [], []];
  for (const row of rows) {
    const documentId = String(row.document[key]);
    const there = held.get(documentId);
    if (there && there._rev !== row.previous?._rev) {
      errors.push({ isError: true, status: CONFLICT, documentId, writeRow: row, documentInDb: there, context });
      continue;
    }
    taken.push(row);
    const event = there ? changeOf(documentId, row) : insertOf(documentId, row);
    if (event) events.push(event);
  }
  const last = taken.at(-1)?.document;
  const isHeard = last !== undefined && events.length > 0;
  return {
    taken,
    errors,
    change: isHeard ? { id: newChangeId(), events, checkpoint: reachedWith(last, key), context } : null,
  };
}

/** A tombstone that comes by itself, as a replication brings it, is nothing to hear of. */
function insertOf(documentId: string, { document, previous }: WriteRow): ChangedDoc | null {
  if (document._deleted) return null;
  return { documentId, operation: 'INSERT', documentData: document, previousDocumentData: previous };
}

function changeOf(documentId: string, { document, previous }: WriteRow): ChangedDoc {
  const changed = { documentId, documentData: document, previousDocumentData: previous };
  if (document._deleted) return { ...changed, operation: 'DELETE' };
  if (previous?._deleted) return { ...changed, operation: 'INSERT', previousDocumentData: null };
  return { ...changed, operation: 'UPDATE' };
}

export function reachedWith(doc: StoredDoc, key: string): Reached {
  return { id: String(doc[key]), lwt: doc._meta.lwt };
}
