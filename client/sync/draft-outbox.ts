import { type Epoch, sameEpoch } from '../../schema/epoch.ts';
import { BODY_BYTES_MAX } from '../../schema/limits.ts';
import { draftsPushAnswerShape } from '../../schema/protocol/push.ts';
import type { DraftBook } from '../store/draft-book.ts';
import type { OwnDraftChange } from '../store/own-draft-change.ts';
import type { Tried } from './errand.ts';
import type { Http, NetFault } from './http.ts';

export interface DraftOutboxDeps {
  readonly book: Pick<DraftBook, 'waiting' | 'settle' | 'reopen'>;
  readonly http: Http;
  readonly rowsMax: () => number;
  /** The history that this device follows. */
  readonly epoch: () => Epoch;
  /** The drafts of that history have been pulled to their end. */
  readonly isPulled: () => boolean;
  /** The server's history is another one: asks for it and follows it. */
  readonly onEpoch: () => Promise<void>;
  readonly onSettled: () => void;
  readonly onFault: (fault: NetFault) => void;
}

/** Room in a body for what stands around the rows. */
const BODY_BYTES_SPARE = 4 * 1024;
/** What stands around a change's bytes, heads included. */
const ROW_BYTES_SPARE = 12 * 1024;

/**
 * Sends waiting changes of drafts in their order until none waits. One counts as stored only by a verdict that names it; an answer that
 * names none of them moves nothing. What a new history lost is known only once its drafts were pulled: that goes again then.
 */
export async function sendDrafts(deps: DraftOutboxDeps): Promise<Tried> {
  if (deps.isPulled()) await deps.book.reopen(deps.epoch());
  for (let batch = nextBatch(deps); batch.length > 0; batch = nextBatch(deps)) {
    const body = { changes: batch.map(wireChange) };
    const answer = await deps.http.request('POST', '/sync/v1/drafts/push', body, draftsPushAnswerShape);
    if (!answer.ok) {
      deps.onFault(answer.error);
      return { done: false, notBeforeMs: (answer.error.kind === 'refused' && answer.error.retryAfterMs) || 0 };
    }
    // Of an older history, come late: its verdicts say nothing here. Of a newer one: first that history is followed.
    if (!sameEpoch(answer.value.epoch, deps.epoch())) {
      await deps.onEpoch();
      return { done: false };
    }
    const sent = new Set<string>(batch.map(({ id }) => id));
    const named = answer.value.verdicts.filter(({ changeId }) => sent.has(changeId));
    const settled = await deps.book.settle(named, answer.value.epoch);
    if (settled === 0) return { done: false };
    deps.onSettled();
  }
  return { done: true };
}

/** The first waiting changes that fit into one request; at least one. */
function nextBatch({ book, rowsMax }: DraftOutboxDeps): readonly OwnDraftChange[] {
  const rows = book.waiting().slice(0, rowsMax());
  let bytes = BODY_BYTES_SPARE;
  const over = rows.findIndex((row) => {
    bytes += row.bytes.length + ROW_BYTES_SPARE;
    return bytes > BODY_BYTES_MAX;
  });
  return over === -1 ? rows : rows.slice(0, Math.max(1, over));
}

function wireChange({ id, order: _order, at: _at, verdict: _verdict, ...change }: OwnDraftChange): object {
  return { changeId: id, ...change };
}
