import {
  getQueryMatcher,
  getSortComparator,
  INDEX_MIN,
  type PreparedQuery,
  type RxDocumentData,
  type RxJsonSchema,
} from 'rxdb';
import { fromRow, type Row, type RowDoc } from './row-form.ts';
import { answerOf, indexName } from './row-table.ts';

type Query = PreparedQuery<Record<string, unknown>>;
type Schema = RxJsonSchema<RxDocumentData<Record<string, unknown>>>;

/** Rows read at once where each must be looked at. */
const PAGE_ROWS = 500;

/** The documents of a query of RxDB's: one stretch of an index, read in one go where the index answers all that is asked. */
export async function queryRows(rows: IDBObjectStore, schema: Schema, prepared: Query): Promise<RowDoc[]> {
  const { query, queryPlan } = prepared;
  const range = rangeOf(queryPlan);
  const { skip = 0, limit = Number.POSITIVE_INFINITY } = query;
  if (range === null || limit === 0) return [];
  const wanted = queryPlan.sortSatisfiedByIndex ? skip + limit : Number.POSITIVE_INFINITY;
  const matches = queryPlan.selectorSatisfiedByIndex ? null : getQueryMatcher(schema, query as never);
  const index = rows.index(indexName(queryPlan.index));
  const found = matches
    ? await lookThrough(index, range, (doc) => matches(doc as never), wanted)
    : (await answerOf(index.getAll(range, countOf(wanted)))).map(fromRow);
  if (!queryPlan.sortSatisfiedByIndex) found.sort(getSortComparator(schema, query as never) as never);
  return found.slice(skip, skip + limit);
}

/** How many documents a query of RxDB's finds. */
export async function countQueried(rows: IDBObjectStore, schema: Schema, prepared: Query): Promise<number> {
  const { queryPlan, query } = prepared;
  if (!queryPlan.selectorSatisfiedByIndex) return (await queryRows(rows, schema, prepared)).length;
  const range = rangeOf(queryPlan);
  if (range === null) return 0;
  const count = await answerOf(rows.index(indexName(queryPlan.index)).count(range));
  const { skip = 0, limit = Number.POSITIVE_INFINITY } = query;
  return Math.min(Math.max(0, count - skip), limit);
}

/** Every row of a stretch, page by page, until there are enough. The key is the last field of each index, so none comes twice. */
async function lookThrough(
  index: IDBIndex,
  range: IDBKeyRange,
  matches: (doc: RowDoc) => boolean,
  wanted: number,
): Promise<RowDoc[]> {
  const found: RowDoc[] = [];
  for (let rest: IDBKeyRange | null = range; rest && found.length < wanted; ) {
    const page = (await answerOf(index.getAll(rest, PAGE_ROWS))) as Row[];
    const last = page.length === PAGE_ROWS ? page.at(-1) : undefined;
    rest = last ? behind(rest, index, last) : null;
    for (const row of page) {
      const doc = fromRow(row);
      if (matches(doc)) found.push(doc);
    }
  }
  return found;
}

function behind({ upper, upperOpen }: IDBKeyRange, { keyPath }: IDBIndex, row: Row): IDBKeyRange | null {
  const key = [keyPath].flat().map((path) => path.split('.').reduce<unknown>((at, name) => at?.[name as never], row));
  try {
    return IDBKeyRange.bound(key, upper, true, upperOpen);
  } catch {
    // That was the stretch's last.
    return null;
  }
}

/** A plan's stretch of its index; null where its bounds hold nothing between them. */
function rangeOf({ index, startKeys, endKeys, inclusiveStart, inclusiveEnd }: Query['queryPlan']): IDBKeyRange | null {
  const keys = (values: readonly unknown[]) => values.map((value, at) => keyOf(index[at] as string, value));
  try {
    return IDBKeyRange.bound(keys(startKeys), keys(endKeys), !inclusiveStart, !inclusiveEnd);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'DataError') return null;
    throw error;
  }
}

function keyOf(field: string, value: unknown): unknown {
  if (field === '_deleted') return value === true || value === HIGHEST ? '1' : '0';
  return value === INDEX_MIN ? Number.NEGATIVE_INFINITY : value;
}

/** RxDB's name for more than any value. */
const HIGHEST = String.fromCharCode(65_535);

function countOf(wanted: number): number | undefined {
  return wanted === Number.POSITIVE_INFINITY ? undefined : wanted;
}
