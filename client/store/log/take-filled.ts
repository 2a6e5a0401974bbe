import { newChangeId } from '../judge-writes.ts';
import type { Change, Reached } from '../stored-collection.ts';
import type { FilledPage } from './fill-write.ts';
import type { StoredDocs } from './stored-docs.ts';

/**
 * Takes a page of new documents into memory as they are, and gives what RxDB is told: how far its memory is, and nothing of a single document. An event
 * and a copy of each would take longer than all else.
 */
export function takeFilled(held: StoredDocs, { ids, docs, fields }: FilledPage, context: string): Change {
  for (const [at, doc] of docs.entries()) held.setBare(ids[at] as string, doc, fields);
  return { id: newChangeId(), events: [], checkpoint: reachedBy({ ids, fields }), context };
}

/** How far a collection is with such a page: of documents that were written at once RxDB counts the greatest key as the last. */
export function reachedBy({ ids, fields }: Pick<FilledPage, 'ids' | 'fields'>): Reached {
  let newest = '';
  for (const id of ids) if (id > newest) newest = id;
  return { id: newest, lwt: fields._meta.lwt };
}
