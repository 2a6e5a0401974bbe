import type { Shelf, ShelfCondition, ShelfQuery } from './shelf.ts';

/**
 * A shelf without RxDB, for tests and simulators: the same answers, in memory. `key` names the primary key. It passes the
 * contract that RxDB's shelves pass.
 */
export function createMemoryShelf<Doc extends object>(key: keyof Doc & string): Shelf<Doc> {
  const docs = new Map<string, Doc>();
  const listeners = new Set<(docs: readonly Doc[]) => void>();
  const write = (doc: Doc) => {
    docs.set(String(doc[key]), structuredClone(doc));
    for (const listener of listeners) listener([doc]);
  };
  return {
    insert: async (doc) => {
      if (docs.has(String(doc[key]))) return false;
      write(doc);
      return true;
    },
    replace: async (doc) => write(doc),
    byIds: async (ids) => ids.flatMap((id) => structuredClone(docs.get(id)) ?? []),
    find: async (query) => structuredClone(select([...docs.values()], query, key)),
    count: async () => docs.size,
    onWritten: (act) => {
      listeners.add(act);
      return () => listeners.delete(act);
    },
  };
}

function select<Doc extends object>(docs: readonly Doc[], { where = {}, sort, limit }: ShelfQuery, key: string): Doc[] {
  const matching = docs.filter((doc) =>
    Object.entries(where).every(([field, wanted]) => meets(fieldOf(doc, field), wanted)),
  );
  const fields = sort ?? [key];
  const sorted = matching.sort((left, right) => {
    const other = fields.find((field) => fieldOf(left, field) !== fieldOf(right, field));
    return other === undefined ? 0 : fieldOf(left, other) < fieldOf(right, other) ? -1 : 1;
  });
  return sorted.slice(0, limit);
}

function fieldOf(doc: object, field: string): string | number | boolean {
  return (doc as Record<string, string | number | boolean>)[field] ?? '';
}

function meets(value: string | number | boolean, wanted: ShelfCondition): boolean {
  if (typeof wanted !== 'object') return value === wanted;
  if (wanted.$gt !== undefined && !(value > wanted.$gt)) return false;
  return wanted.$gte === undefined || value >= wanted.$gte;
}
