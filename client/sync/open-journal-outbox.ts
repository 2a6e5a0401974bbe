import { sameEpoch } from '../../schema/epoch.ts';
import type { Result } from '../../schema/result.ts';
import type { EngineDeps } from './engine.ts';
import type { NetFault } from './http.ts';
import { createJournalOutbox, type JournalOutbox, type NamedHead } from './journal-outbox.ts';
import type { PostEntries } from './push-door.ts';

export interface OutboxOpening
  extends Pick<
    EngineDeps,
    | 'journal'
    | 'signer'
    | 'enrolment'
    | 'findings'
    | 'memory'
    | 'board'
    | 'settings'
    | 'onQuarantined'
    | 'onAcknowledged'
  > {
  readonly post: PostEntries;
  readonly onFault: (fault: NetFault) => void;
  readonly askStatus: () => Promise<Result<NamedHead, NetFault>>;
  readonly tellWaiting: () => void;
  /** The server's history is another one, and that is on disk. */
  readonly beginEpoch: () => Promise<void>;
}

/** The outbox of own entries, with what the rest of sync must hear of it. */
export function openJournalOutbox(deps: OutboxOpening): JournalOutbox {
  const { memory, board, settings, enrolment } = deps;
  return createJournalOutbox({
    ...deps,
    certificate: enrolment.certificate,
    held: memory.acknowledged,
    askHead: deps.askStatus,
    keep: async (next) => {
      const isNew = !sameEpoch(next.epoch, memory.acknowledged().epoch);
      await memory.keepAcknowledged(next);
      if (isNew) await deps.beginEpoch();
      deps.tellWaiting();
      deps.onAcknowledged();
    },
    rowsMax: () => settings().pushBatch,
    onSent: (rows) => {
      board.answered();
      board.count('entriesAcknowledged', rows);
      board.log.write(`Sent ${rows} entries`);
    },
  });
}
