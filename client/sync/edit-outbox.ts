import { type Epoch, sameEpoch } from '../../schema/epoch.ts';
import type { Checkpoint } from '../../schema/protocol/checkpoint.ts';
import { editsPushAnswerShape } from '../../schema/protocol/push.ts';
import type { OwnEdit } from '../device/device.ts';
import { wireEdit } from '../store/edit-again.ts';
import type { EditBook } from '../store/edit-book.ts';
import type { Tried } from './errand.ts';
import type { Http, NetFault } from './http.ts';

export interface EditOutboxDeps {
  readonly book: EditBook;
  readonly http: Http;
  readonly rowsMax: () => number;
  /** The history that this device follows. */
  readonly epoch: () => Epoch;
  /** What was pulled of the products in it; null before the first page. */
  readonly seen: () => Checkpoint | null;
  /** The server's history is another one: asks for it and follows it. */
  readonly onEpoch: () => Promise<void>;
  readonly onSettled: (edits: readonly OwnEdit[]) => void;
  readonly onFault: (fault: NetFault) => void;
}

/**
 * Sends waiting edits in order, one of each document at a time, until none waits. The verdict is written into the edit; an answer
 * that names none of them moves nothing. In a new history the products come first: what the server has seen of this device tells it
 * whether these edits were made in the history that it would judge them in.
 */
export async function sendEdits(deps: EditOutboxDeps): Promise<Tried> {
  // Those that the disk kept from waiting again when the history began.
  const again = await deps.book.reopen(deps.epoch());
  if (again.length > 0) deps.onSettled(again);
  for (let batch = deps.book.sendable(deps.rowsMax()); batch.length > 0; batch = deps.book.sendable(deps.rowsMax())) {
    const seen = deps.seen();
    // The pull that is to come asks again.
    if (seen === null) return { done: true };
    const path = `/sync/v1/edits/push?checkpoint=${encodeURIComponent(JSON.stringify(seen))}`;
    const answer = await deps.http.request('POST', path, { edits: batch.map(wireEdit) }, editsPushAnswerShape);
    if (!answer.ok) {
      deps.onFault(answer.error);
      return { done: false, notBeforeMs: (answer.error.kind === 'refused' && answer.error.retryAfterMs) || 0 };
    }
    // Of an older history, come late: its verdicts say nothing here. Of a newer one: first that history is followed.
    if (!sameEpoch(answer.value.epoch, deps.epoch())) {
      await deps.onEpoch();
      return { done: false };
    }
    const sent = new Set<string>(batch.map(({ editId }) => editId));
    const named = answer.value.verdicts.filter(({ editId }) => sent.has(editId));
    const settled = await deps.book.settle(named, answer.value.epoch);
    if (settled.length === 0) return { done: false };
    deps.onSettled(settled);
  }
  return { done: true };
}
