import type { Shelf } from '../../client/store/shelf.ts';
import type { PageHandler, Replication, StoredCheckpoint } from '../../client/sync/replication.ts';
import type { PulledCollection } from '../../schema/roles.ts';
import type { FillingShelf } from './log-shelves.ts';
import type { Tab } from './tab.ts';

export interface ReplicationModelDeps {
  readonly collection: PulledCollection;
  readonly batchSize: number;
  readonly shelf: Shelf<object> & Partial<FillingShelf>;
  /** On disk, per collection. */
  readonly checkpoints: Map<PulledCollection, StoredCheckpoint>;
  readonly tab: Tab;
  /** No room is left on the disk, for checkpoints neither. */
  readonly isFull: () => boolean;
}

/**
 * What RxDB 17.6 does with a pull, as measured, behind the port that RxDB stands behind in the app: a page shorter than asked
 * ends the round; a write that fails is swallowed, and the next page moves the checkpoint on all the same; documents that are
 * streamed replace what is there; checkpoints are merged by key. As the app's adapter does, a round begins when all before it
 * is worked off, and `settled` says whether a write failed. A first pull fills the collection past RxDB, where a failed write is told at once.
 */
export function createReplicationModel(deps: ReplicationModelDeps): Replication {
  const { collection, batchSize, checkpoints, tab } = deps;
  let handler: PageHandler | null = null;
  let queue: Promise<void> = Promise.resolve();
  let writeFailed = false;
  let tellFailed = () => {};
  let stopped = false;
  const enqueue = (work: () => Promise<void>) => {
    queue = queue.then(async () => {
      await tab.gate();
      if (!stopped) await work();
    });
  };
  const fail = () => {
    writeFailed = true;
    tellFailed();
  };
  const keep = async (
    documents: readonly object[],
    checkpoint: StoredCheckpoint | null,
    fill: (documents: readonly object[]) => Promise<boolean> = async () => false,
  ) => {
    try {
      // What is there already is left to RxDB.
      if (!(await fill(documents))) for (const document of documents) await deps.shelf.replace(document);
    } catch {
      // Swallowed, as RxDB does; what was written of the page stays.
      fail();
      return;
    }
    if (!checkpoint) return;
    if (deps.isFull()) fail();
    else checkpoints.set(collection, { ...checkpoints.get(collection), ...checkpoint });
  };
  const round = async (ask: PageHandler) => {
    for (let more = true; more && !stopped; ) {
      const { documents, checkpoint } = await ask(checkpoints.get(collection) ?? null, batchSize);
      await tab.gate();
      if (stopped) return;
      await keep(documents, checkpoint);
      more = documents.length >= batchSize;
    }
  };
  const settled = async () => {
    await queue;
    const held = !writeFailed;
    writeFailed = false;
    return held;
  };
  return {
    fillRows: batchSize,
    filling: {
      write: ({ documents, answer }, checkpoint) => {
        enqueue(() => keep(documents, checkpoint, async (docs) => (await deps.shelf.fill?.(docs, answer)) ?? false));
        return settled();
      },
    },
    start: async (ask, onWriteFailed) => {
      handler = ask;
      tellFailed = onWriteFailed;
      await tab.gate();
      return checkpoints.get(collection) ?? null;
    },
    resync: async () => {
      await queue;
      const ask = handler;
      if (ask) enqueue(() => round(ask));
      return true;
    },
    emit: (documents, checkpoint) => enqueue(() => keep(documents, checkpoint)),
    settled,
    stop: async () => {
      stopped = true;
    },
  };
}
