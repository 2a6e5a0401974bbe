import type { ChangedSince, Reached } from '../stored-collection.ts';
import type { StoredDoc } from './log-record.ts';
import type { StoredDocs } from './stored-docs.ts';

type Found = readonly [id: string, doc: StoredDoc];

/**
 * What changed since a checkpoint, as RxDB asks at each start of a replication and with each of its rounds, also where nothing is ever pushed.
 * RxDB's own way needs an index over all documents, which takes longer to build than they take to read.
 */
export interface ChangeFinder {
  /** At most `limit` documents behind the checkpoint, in the order of their writing. */
  since(limit: number, checkpoint: Reached | undefined): ChangedSince;
  /** The documents changed. */
  forget(): void;
}

const BEGINNING: Reached = { lwt: 0, id: '' };

export function createChangeFinder(docs: () => StoredDocs): ChangeFinder {
  /** All documents in order, while somebody reads through them. */
  let inOrder: readonly Found[] | null = null;
  const after = (limit: number, checkpoint: Reached): readonly Found[] => {
    if (!isLater(docs().newest, checkpoint)) return [];
    const few = fewBehind(docs(), limit, checkpoint);
    if (few !== null) return few;
    inOrder ??= sort([...docs()]);
    const from = inOrder.findIndex((found) => isBehind(found, checkpoint));
    return inOrder.slice(from, from + limit);
  };
  return {
    since: (limit, checkpoint) => {
      const found = after(limit, checkpoint ?? BEGINNING);
      const last = found.at(-1);
      const reached = last ? { id: last[0], lwt: last[1]._meta.lwt } : (checkpoint ?? BEGINNING);
      return { documents: found.map(([, doc]) => doc), checkpoint: reached };
    },
    forget: () => {
      inOrder = null;
    },
  };
}

/** Few changes are found by looking through all documents once; null for more than `limit`. */
function fewBehind(docs: ReadonlyMap<string, StoredDoc>, limit: number, checkpoint: Reached): readonly Found[] | null {
  const found: Found[] = [];
  for (const entry of docs) {
    if (!isBehind(entry, checkpoint)) continue;
    if (found.length === limit) return null;
    found.push(entry);
  }
  return sort(found);
}

function isBehind([id, doc]: Found, checkpoint: Reached): boolean {
  return isLater({ id, lwt: doc._meta.lwt }, checkpoint);
}

function isLater({ id, lwt }: Reached, than: Reached): boolean {
  return lwt > than.lwt || (lwt === than.lwt && id > than.id);
}

function sort(found: Found[]): readonly Found[] {
  return found.sort(([left, { _meta: before }], [right, { _meta: after }]) =>
    before.lwt === after.lwt ? (left < right ? -1 : 1) : before.lwt - after.lwt,
  );
}
