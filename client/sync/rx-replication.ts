import { createRevision, now, type RxCollection, setCheckpoint } from 'rxdb';
import { type RxReplicationState, replicateRxCollection } from 'rxdb/plugins/replication';
import { Subject } from 'rxjs';
import type { Timers } from '../device/device-deps.ts';
import type { LogInside } from '../store/log/log-collection.ts';
import { reachedBy } from '../store/log/take-filled.ts';
import { checkpointRows, knowCheckpoints, type RxState } from './checkpoint-rows.ts';
import type { PulledDoc } from './pulled-doc.ts';
import type { PageHandler, Replication, StoredCheckpoint, WholePage } from './replication.ts';

type Streamed = 'RESYNC' | { documents: (PulledDoc & { _deleted: boolean })[]; checkpoint: StoredCheckpoint };

/** One identifier for ever: a new one makes RxDB read the whole collection again. Starting over is the checkpoint's matter. */
const IDENTIFIER = 'laci-pull';
/** RxDB's own pause after a handler that rejects; ours never does. */
const RETRY_MS = 5_000;

/**
 * RxDB's pull-only replication of one collection. What RxDB does by itself is kept out of the way: its first round is answered
 * with nothing, and a RESYNC is sent only when all before it is worked off, because RxDB drops one that comes with a
 * document waiting in its queue.
 */
export function createRxReplication(collection: RxCollection, timers: Timers, batchSize: number): Replication {
  const stream$ = new Subject<Streamed>();
  let sent = 0;
  let writeFailed = false;
  let replication: RxReplicationState<PulledDoc, StoredCheckpoint> | null = null;
  /** Where RxDB began, which one that is stopped first never says. */
  const onDisk = Promise.withResolvers<StoredCheckpoint | null>();
  const send = (item: Streamed) => {
    sent += 1;
    stream$.next(item);
  };
  const workOff = async () => {
    const state = replication?.internalReplicationState;
    if (!replication || !state) return;
    while (state.stats.down.masterChangeStreamEmit < sent && !replication.isStopped()) await nextTurn(timers);
    await state.streamQueue.down;
    await state.checkpointQueue;
  };
  const { fill } = (collection.storageInstance.internals ?? {}) as Partial<LogInside>;
  const filling = fill && {
    write: async (page: WholePage, checkpoint: StoredCheckpoint) => {
      const state = replication?.internalReplicationState;
      if (!replication || !state || replication.isStopped()) return false;
      const { documents } = page;
      const written = await fillFrom(state, collection, fill, page, checkpoint).catch(() => null);
      if (written === null) return false;
      if (!written) send({ documents: documents.map((document) => ({ ...document, _deleted: false })), checkpoint });
      return written || (await succeeds(workOff()));
    },
  };
  return {
    ...(filling ? { filling, fillRows: batchSize } : {}),
    start: async (handler, onWriteFailed) => {
      const tell = (checkpoint: StoredCheckpoint | null) => {
        watchCheckpoints(replication, () => {
          writeFailed = true;
        });
        onDisk.resolve(checkpoint);
      };
      replication = replicateRxCollection<PulledDoc, StoredCheckpoint>({
        replicationIdentifier: IDENTIFIER,
        collection,
        live: true,
        waitForLeadership: false,
        toggleOnDocumentVisible: false,
        retryTime: RETRY_MS,
        pull: { batchSize, stream$, handler: answerFirst(tell, handler) as never },
      });
      // Our handler never rejects, so whatever fails here failed at the disk.
      replication.error$.subscribe(() => {
        writeFailed = true;
        onWriteFailed();
      });
      return onDisk.promise;
    },
    resync: async () => {
      const queueHolds = await succeeds(workOff());
      if (queueHolds) send('RESYNC');
      return queueHolds;
    },
    emit: (documents, checkpoint) =>
      send({ documents: documents.map((document) => ({ ...document, _deleted: false })), checkpoint }),
    settled: async () => {
      const held = (await succeeds(workOff())) && !writeFailed;
      writeFailed = false;
      return held;
    },
    stop: async () => {
      onDisk.resolve(null);
      await replication?.cancel();
    },
  };
}

/**
 * Writes new documents as RxDB's replication would have, with the marks by which it knows them for its own, and its checkpoints with them. False
 * where they are not new.
 */
async function fillFrom(
  state: RxState,
  { database }: RxCollection,
  fill: LogInside['fill'],
  { documents, answer }: WholePage,
  checkpoint: StoredCheckpoint,
): Promise<boolean> {
  if (documents.length === 0) return setCheckpoint(state, 'down', checkpoint).then(() => true);
  const origin = { _rev: 1, hash: await state.input.hashFunction(state.input.identifier) };
  const fields = {
    _rev: createRevision(database.token),
    _meta: { lwt: now(), o: origin },
    _deleted: false,
    _attachments: {},
  } as const;
  const flag = await state.downstreamBulkWriteFlag;
  const ids = documents.map((document) => String(document[state.primaryPath]));
  return behindCheckpoints(state, async () => {
    const rows = await checkpointRows(state, checkpoint, reachedBy({ ids, fields }));
    const { plan } = state.input.metaInstance.internals as LogInside;
    const beside = plan(rows, 'replication-set-checkpoint');
    const isWritten = await fill({ docs: documents, fields, answer }, flag, beside.write);
    if (isWritten && beside.errors().length > 0)
      throw new Error('The checkpoint of a page was moved by somebody else.');
    if (isWritten) knowCheckpoints(state, rows);
    return isWritten;
  });
}

/** In RxDB's own queue of checkpoints, which goes on whatever comes of it. */
function behindCheckpoints<Value>(state: RxState, act: () => Promise<Value>): Promise<Value> {
  const acted = state.checkpointQueue.then(act);
  state.checkpointQueue = acted.catch(() => undefined);
  return acted;
}

/** RxDB begins with a round of its own: it tells the checkpoint on disk, and gets nothing. */
function answerFirst(tell: (checkpoint: StoredCheckpoint | null) => void, handler: PageHandler): PageHandler {
  let first = true;
  return async (checkpoint, limit) => {
    if (!first) return handler(checkpoint ?? null, limit);
    first = false;
    tell(checkpoint ?? null);
    return { documents: [], checkpoint: checkpoint ?? null };
  };
}

/**
 * RxDB does not wait for its own checkpoints: one that the disk did not take is a rejection that nobody handles, and every
 * later one fails with it, the end of the replication too. Here it is noted instead; the next round then starts over.
 */
function watchCheckpoints(
  replication: RxReplicationState<PulledDoc, StoredCheckpoint> | null,
  failed: () => void,
): void {
  const meta = replication?.metaInstance;
  if (!meta) return;
  const write = meta.bulkWrite.bind(meta);
  meta.bulkWrite = (rows, context) =>
    write(rows, context).catch(() => {
      failed();
      return { error: [] };
    });
}

function succeeds(work: Promise<void>): Promise<boolean> {
  return work.then(
    () => true,
    () => false,
  );
}

function nextTurn(timers: Timers): Promise<void> {
  return new Promise((resolve) => timers.after(0, resolve));
}
