import { editShape } from '../../schema/edit.ts';
import { editsPushAnswerShape } from '../../schema/protocol/push.ts';
import type { OwnEdit } from '../device/device.ts';
import type { EditBook } from '../store/edit-book.ts';
import type { Tried } from './errand.ts';
import type { Http, NetFault } from './http.ts';

export interface EditOutboxDeps {
  readonly book: EditBook;
  readonly http: Http;
  readonly rowsMax: () => number;
  readonly onSettled: (edits: readonly OwnEdit[]) => void;
  readonly onFault: (fault: NetFault) => void;
}

/**
 * Sends waiting edits in order, one of each document at a time, until none waits. The verdict is written into the edit; an answer
 * that names none of them moves nothing.
 */
export async function sendEdits(deps: EditOutboxDeps): Promise<Tried> {
  for (let batch = deps.book.sendable(deps.rowsMax()); batch.length > 0; batch = deps.book.sendable(deps.rowsMax())) {
    // The wire's shape drops what is this device's own: the order and the verdict.
    const edits = batch.map((edit) => editShape.parse(edit));
    const answer = await deps.http.request('POST', '/sync/v1/edits/push', { edits }, editsPushAnswerShape);
    if (!answer.ok) {
      deps.onFault(answer.error);
      return { done: false, notBeforeMs: (answer.error.kind === 'refused' && answer.error.retryAfterMs) || 0 };
    }
    const sent = new Set<string>(batch.map(({ editId }) => editId));
    const named = answer.value.verdicts.filter(({ editId }) => sent.has(editId));
    const settled = await deps.book.settle(named);
    if (settled.length === 0) return { done: false };
    deps.onSettled(settled);
  }
  return { done: true };
}
