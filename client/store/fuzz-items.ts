import fc from 'fast-check';
import { type FilledMangoQuery, prepareQuery } from 'rxdb';
import { ITEM_SCHEMA, type Item, type ItemStorage, item, type StoredItem } from './log/open-collection.ts';

/** Writes and questions by chance, for tests that hold a storage against RxDB's memory storage. */

/** One row of a write: `base` says what the writer believes to be there, `late` what was there one write ago, `none` nothing. */
export interface Row {
  readonly id: string;
  readonly base: 'now' | 'late' | 'none';
  readonly age: number;
  readonly deleted: boolean;
}
export const IDS = [...'abcde'];
const row = fc.record<Row>({
  id: fc.constantFrom(...IDS),
  base: fc.constantFrom('now', 'now', 'now', 'late', 'none'),
  age: fc.nat(9),
  deleted: fc.boolean(),
});
/** Rows of one write, no key twice. */
export const rows = fc.uniqueArray(row, { selector: ({ id }) => id, maxLength: 5 });
const sort = fc.constantFrom<FilledMangoQuery<Item>['sort']>(
  [{ id: 'asc' }],
  [{ age: 'asc' }, { id: 'desc' }],
  [{ name: 'desc' }, { age: 'asc' }, { id: 'asc' }],
);
const selector = fc.constantFrom<FilledMangoQuery<Item>['selector']>(
  { _deleted: { $eq: false } },
  { _deleted: { $eq: false }, age: { $gt: 3 } },
  { _deleted: { $eq: false }, age: { $gte: 2, $lt: 7 }, name: { $ne: 'n4' } },
  { _deleted: { $eq: false }, name: { $eq: 'n5' } },
  { id: { $gt: 'c' } },
);
/** A question as RxDB asks a storage. */
export const query = fc
  .record({ selector, sort, skip: fc.nat(3), limit: fc.option(fc.nat(4), { nil: undefined }) })
  .map(({ limit, ...rest }) => (limit === undefined ? rest : { ...rest, limit }));
/** What is written, by what the writer believes to be there. */
export function writeRow(
  { id, base, age, deleted }: Row,
  now: Map<string, StoredItem>,
  late: Map<string, StoredItem>,
  lwt: number,
) {
  const previous = { now: now.get(id), late: late.get(id), none: undefined }[base];
  const height = 1 + Number.parseInt(previous?._rev ?? '0', 10);
  return { ...(previous ? { previous } : {}), document: item(id, age, { height, lwt, deleted, token: `${lwt}${id}` }) };
}

/** All writes at once; what each was refused. */
export async function writeAll(items: ItemStorage, writes: readonly (readonly object[])[]) {
  const answers = await Promise.all(writes.map((rows) => items.bulkWrite(rows as never, 'fuzz')));
  return answers.map(({ error }) =>
    error.map(({ status, documentId, ...more }) => ({
      status,
      documentId,
      held: (more as { documentInDb?: unknown }).documentInDb,
    })),
  );
}

/** All documents and tombstones. */
export async function states(items: ItemStorage): Promise<Map<string, StoredItem>> {
  const found = await items.findDocumentsById(IDS, true);
  return new Map(found.map((doc) => [doc.id, doc as unknown as StoredItem]));
}

/** What a query finds, and how many there are. */
export async function ask(items: ItemStorage, query: FilledMangoQuery<Item>) {
  const prepared = prepareQuery(ITEM_SCHEMA as never, query as never);
  const { documents } = await items.query(prepared as never);
  const { skip: _skip, limit: _limit, ...counted } = query;
  const { count } = await items.count(prepareQuery(ITEM_SCHEMA as never, { ...counted, skip: 0 } as never) as never);
  return { documents, count };
}
