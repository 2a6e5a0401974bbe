import { PULLED_COLLECTIONS } from '../../schema/roles.ts';
import type { JournalRow } from '../store/journal-index.ts';
import type { SyncEngine } from '../sync/engine.ts';
import type { SyncBoard } from '../sync/sync-board.ts';
import type { SyncMemory } from '../sync/sync-memory.ts';
import type { Inspection } from './device.ts';
import type { Stores } from './stores.ts';

/** Waiting entries that an inspection lists; the count is in the status. */
const WAITING_MAX = 500;

/** This device's state, and the server's side where it answers. */
export async function inspectDevice(
  stores: Stores,
  memory: SyncMemory,
  board: SyncBoard,
  engine: SyncEngine | null,
): Promise<Inspection> {
  const answer = await engine?.askStatus();
  const server = answer?.ok ? answer.value : null;
  const collections = await Promise.all(
    PULLED_COLLECTIONS.map(async (collection) => ({
      collection,
      documents: await stores.shelves[collection].count(),
      checkpoint: engine?.checkpoint(collection) ?? null,
      serverTotal: server?.collections[collection]?.total ?? null,
      lag: server?.collections[collection]?.lag ?? null,
    })),
  );
  const { seq, hash } = stores.journal.index.head();
  return {
    collections,
    epoch: server?.epoch ?? memory.acknowledged().epoch,
    serverSequence: server?.scopes ?? null,
    ownHead: { seq, hash },
    serverHead: server?.head ?? memory.acknowledged().head,
    waiting: waitingRows(stores, memory).slice(0, WAITING_MAX),
    waitingEdits: stores.editBook.waiting(),
    lastError: board.status.get().lastError,
    heads: server?.heads ?? null,
    backedUp: server?.backedUp ?? null,
    outbox: engine?.outbox() ?? 'idle',
    counters: board.counters(),
  };
}

/** Own entries without an acknowledgement; first those that the server refused. */
function waitingRows({ journal }: Stores, memory: SyncMemory): JournalRow[] {
  const { head, refused = [] } = memory.acknowledged();
  return [...refused.flatMap((seq) => journal.index.row(seq) ?? []), ...journal.index.after(head.seq)];
}
