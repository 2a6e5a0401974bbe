import { randomToken } from 'rxdb';
import type { RxStorageInstanceMemory } from 'rxdb/plugins/storage-memory';
import type { FilledPage } from './fill-write.ts';
import type { StoredDoc } from './log-record.ts';
import type { StoredDocs } from './stored-docs.ts';

/**
 * Takes a page of new documents into RxDB's memory storage. As long as it has built no index they go there as they are, and RxDB is told how far
 * its memory is, and of no single document: an event and a copy of each would take longer than all else. True then; false where RxDB told its
 * listeners of each.
 */
export function takeFilled(
  memory: RxStorageInstanceMemory<Record<string, unknown>>,
  held: StoredDocs,
  page: FilledPage,
  context: string,
): boolean {
  const { ids, docs, fields } = page;
  let newest = '';
  for (const id of ids) if (id > newest) newest = id;
  if (memory.internals.byIndexArray.length > 0) {
    void memory.bulkWrite(asRows(page, newest) as never, context);
    return false;
  }
  for (const [at, doc] of docs.entries()) held.setBare(ids[at] as string, doc, fields);
  const checkpoint = { id: newest, lwt: fields._meta.lwt };
  memory.internals.changes$.next({ id: randomToken(EVENT_ID_LENGTH), events: [], checkpoint, context });
  return true;
}

const EVENT_ID_LENGTH = 10;

/** RxDB takes the last of a write for the newest, and looks behind it the next time; what was written at one time stands by key. */
function asRows({ ids, docs, fields }: FilledPage, newest: string): readonly { readonly document: StoredDoc }[] {
  const rows = docs.map((doc) => ({ document: { ...doc, ...fields } as StoredDoc }));
  const [last] = rows.splice(ids.indexOf(newest), 1);
  return last ? [...rows, last] : rows;
}
