import type { Cancel } from '../device/device-deps.ts';
import { selectDocs } from './select-docs.ts';
import type { Shelf } from './shelf.ts';

export interface MemoryShelfOptions<Doc> {
  /** The documents by key: kept by their owner, they outlive the shelf. */
  readonly docs?: Map<string, Doc>;
  /** How documents come in and go out; a structured clone, as a disk would do it. */
  readonly copy?: <Value>(value: Value) => Value;
}

/**
 * A shelf without RxDB, for tests and simulators: the same answers, in memory. `key` names the primary key. It passes the
 * contract that RxDB's shelves pass.
 */
export function createMemoryShelf<Doc extends object>(
  key: keyof Doc & string,
  { docs = new Map(), copy = structuredClone }: MemoryShelfOptions<Doc> = {},
): Shelf<Doc> {
  const listeners = new Set<(docs: readonly Doc[]) => void>();
  const removalListeners = new Set<(ids: readonly string[]) => void>();
  const write = (doc: Doc) => {
    docs.set(String(doc[key]), copy(doc));
    for (const listener of listeners) listener([doc]);
  };
  return {
    insert: async (doc, prove) => {
      prove?.();
      if (docs.has(String(doc[key]))) return false;
      write(doc);
      return true;
    },
    insertAll: async (added) => {
      const taken = added.find((doc) => docs.has(String(doc[key])));
      if (taken) throw new Error(`The key ${String(taken[key])} is taken.`);
      for (const doc of added) write(doc);
    },
    replace: async (doc) => write(doc),
    replaceAll: async (replaced) => {
      for (const doc of replaced) write(doc);
    },
    byIds: async (ids) => ids.flatMap((id) => copy(docs.get(id)) ?? []),
    find: async (query) => selectDocs(docs.values(), query, key).map((doc) => copy(doc)),
    count: async () => docs.size,
    remove: async (ids) => {
      const gone = ids.filter((id) => docs.delete(id));
      if (gone.length > 0) for (const listener of removalListeners) listener(gone);
    },
    onWritten: (act) => subscribe(listeners, act),
    onRemoved: (act) => subscribe(removalListeners, act),
  };
}

function subscribe<Act>(listeners: Set<Act>, act: Act): Cancel {
  listeners.add(act);
  return () => void listeners.delete(act);
}
