import type { ShelfCondition, ShelfQuery } from '../shelf.ts';
import type { Reached } from '../stored-collection.ts';
import { fromRow, type RowDoc } from './row-form.ts';
import { answerOf, indexName } from './row-table.ts';

/** The documents of one stretch of an index, read in one go. Rejects a query that no index serves whole. */
export async function findRows(rows: IDBObjectStore, key: string, query: ShelfQuery): Promise<RowDoc[]> {
  if (query.limit === 0) return [];
  const fields = [...(query.sort ?? []).filter((field) => field !== key), key];
  const index = rows.index(indexName(['_deleted', ...fields]));
  return (await answerOf(index.getAll(stretchOf(fields, query.where ?? {}), query.limit))).map(fromRow);
}

/** How many documents there are. */
export function countRows(rows: IDBObjectStore, key: string): Promise<number> {
  return answerOf(rows.index(indexName(['_deleted', key])).count(IDBKeyRange.bound([LIVE], [LIVE, ABOVE_ALL])));
}

/** The mark of a document that is not removed. */
const LIVE = '0';
/** In an index a list stands behind every text and number. */
const ABOVE_ALL: readonly never[] = [];

/** What meets all conditions: exact values of the first fields, and at most one bound of the next. */
function stretchOf(fields: readonly string[], where: Readonly<Record<string, ShelfCondition>>): IDBKeyRange {
  const exact: unknown[] = [LIVE];
  let at = 0;
  for (; isExact(where[fields[at] as string]); at += 1) exact.push(where[fields[at] as string]);
  const bound = where[fields[at] as string] as Exclude<ShelfCondition, string | number | boolean> | undefined;
  const met = at + (bound ? 1 : 0);
  if (met < Object.keys(where).length) throw new Error(`No index over ${fields.join(', ')} serves this query.`);
  const { $gt, $gte } = bound ?? {};
  const lower = $gt !== undefined ? [...exact, $gt, ABOVE_ALL] : $gte !== undefined ? [...exact, $gte] : exact;
  return IDBKeyRange.bound(lower, [...exact, ABOVE_ALL]);
}

function isExact(condition: ShelfCondition | undefined): boolean {
  return condition !== undefined && typeof condition !== 'object';
}

/** What was written behind a checkpoint, in the order of its writing, at most so many. */
export async function changedRows(
  rows: IDBObjectStore,
  key: string,
  limit: number,
  { lwt, id }: Reached,
): Promise<RowDoc[]> {
  const index = rows.index(indexName(['_meta.lwt', key]));
  return (await answerOf(index.getAll(IDBKeyRange.lowerBound([lwt, id], true), limit))).map(fromRow);
}

/** The keys of tombstones written at a time or before. */
export async function oldTombstones(rows: IDBObjectStore, key: string, until: number): Promise<string[]> {
  const all = IDBKeyRange.bound(['1'], ['1', []]);
  const tombstones = (await answerOf(rows.index(indexName(['_deleted', key])).getAll(all))).map(fromRow);
  return tombstones.filter(({ _meta }) => _meta.lwt <= until).map((doc) => String(doc[key]));
}
