import { getChangedDocumentsSince, type RxStorageDefaultCheckpoint } from 'rxdb';
import type { RxStorageInstanceMemory } from 'rxdb/plugins/storage-memory';
import type { StoredDoc } from './log-record.ts';

type Memory = RxStorageInstanceMemory<Record<string, unknown>>;
type Changes = Awaited<
  ReturnType<typeof getChangedDocumentsSince<Record<string, unknown>, RxStorageDefaultCheckpoint>>
>;

/**
 * What changed since a checkpoint, as RxDB asks at each start of a replication, also of one that never pushes. Few changes are found by
 * looking through all documents; only for more is RxDB's way worth its index.
 */
export async function changesSince(
  memory: Memory,
  docs: ReadonlyMap<string, StoredDoc>,
  limit: number,
  checkpoint: RxStorageDefaultCheckpoint | undefined,
): Promise<Changes> {
  const few = fewChanges(docs, limit, checkpoint);
  if (few === null) return getChangedDocumentsSince(memory, limit, checkpoint);
  const last = few.at(-1);
  const reached = last ? { id: last[0], lwt: last[1]._meta.lwt } : (checkpoint ?? { id: '', lwt: 0 });
  return { documents: few.map(([, doc]) => doc), checkpoint: reached } as Changes;
}

/** In the order of their writing; null for more than `limit`. */
function fewChanges(
  docs: ReadonlyMap<string, StoredDoc>,
  limit: number,
  { lwt, id }: RxStorageDefaultCheckpoint = { lwt: 0, id: '' },
): (readonly [string, StoredDoc])[] | null {
  const found: (readonly [string, StoredDoc])[] = [];
  for (const entry of docs) {
    const written = entry[1]._meta.lwt;
    if (written < lwt || (written === lwt && entry[0] <= id)) continue;
    if (found.length === limit) return null;
    found.push(entry);
  }
  return found.sort(([left, { _meta: before }], [right, { _meta: after }]) =>
    before.lwt === after.lwt ? (left < right ? -1 : 1) : before.lwt - after.lwt,
  );
}
