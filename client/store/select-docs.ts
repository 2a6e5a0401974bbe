import type { ShelfCondition, ShelfQuery } from './shelf.ts';

type Doc = object;

/** What a query finds among documents in memory: those that meet it, sorted, at most so many. Without a `sort` they stand by their key. */
export function selectDocs<Found extends Doc>(
  docs: Iterable<Found>,
  { where = {}, sort, limit }: ShelfQuery,
  key: string,
): Found[] {
  const conditions = Object.entries(where);
  const matching: Found[] = [];
  for (const doc of docs)
    if (conditions.every(([field, wanted]) => meets(fieldOf(doc, field), wanted))) matching.push(doc);
  const fields = [...(sort ?? []), key];
  matching.sort((left, right) => {
    const other = fields.find((field) => fieldOf(left, field) !== fieldOf(right, field));
    return other === undefined ? 0 : fieldOf(left, other) < fieldOf(right, other) ? -1 : 1;
  });
  return limit === undefined ? matching : matching.slice(0, limit);
}

function fieldOf(doc: Doc, field: string): string | number | boolean {
  return (doc as Record<string, string | number | boolean>)[field] ?? '';
}

function meets(value: string | number | boolean, wanted: ShelfCondition): boolean {
  if (typeof wanted !== 'object') return value === wanted;
  if (wanted.$gt !== undefined && !(value > wanted.$gt)) return false;
  return wanted.$gte === undefined || value >= wanted.$gte;
}
