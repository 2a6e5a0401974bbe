import type { DocWithIndexString, MemoryStorageInternals } from 'rxdb/plugins/storage-memory';

/**
 * Lets RxDB's memory storage build an index when a query first asks for it, and keep it from then on. By itself it builds all of them with
 * the first read: of 20,000 documents in three indexes that takes longer than reading them from the disk, and a till asks for one.
 */
export function buildIndexesWhenAsked(internals: MemoryStorageInternals<Record<string, unknown>>): void {
  const indexes = Object.entries(internals.byIndex);
  internals.byIndex = {};
  internals.byIndexArray = [];
  for (const [name, index] of indexes) {
    const build = () => {
      index.docsWithIndex = [...internals.documents]
        .map(([id, doc]): DocWithIndexString<Record<string, unknown>> => [index.getIndexableString(doc), doc, id])
        .sort(([left], [right]) => (left < right ? -1 : 1));
      internals.byIndexArray.push(index);
      Object.defineProperty(internals.byIndex, name, { value: index });
      return index;
    };
    Object.defineProperty(internals.byIndex, name, { configurable: true, enumerable: true, get: build });
  }
}
