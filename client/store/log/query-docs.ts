import { getQueryMatcher, getSortComparator, type PreparedQuery, type RxDocumentData, type RxJsonSchema } from 'rxdb';
import type { StoredDoc } from './log-record.ts';

type Doc = Record<string, unknown>;

/** What a query of RxDB's finds among documents in memory: it asks seldom, so each is looked at, and no index is kept for it. */
export function queryDocs(
  docs: Iterable<StoredDoc>,
  schema: RxJsonSchema<RxDocumentData<Doc>>,
  { query }: PreparedQuery<Doc>,
): StoredDoc[] {
  const matches = getQueryMatcher(schema, query as never);
  const found = [...docs].filter((doc) => matches(doc as never));
  found.sort(getSortComparator(schema, query as never) as never);
  const { skip = 0, limit = Number.POSITIVE_INFINITY } = query;
  return found.slice(skip, skip + limit);
}
