import type { PullPage } from '../core/pull.ts';
import { toWireCheckpoint } from './wire-checkpoint.ts';

/** A stored document as stock RxDB clients take it. Nothing here is ever deleted; the text is not read and written again. */
export function documentText(json: string): string {
  return `${json.slice(0, -1)},"_deleted":false}`;
}

/** A page as the answer to a pull, or as the data of one event. */
export function pageText({ documents, checkpoint }: PullPage): string {
  const place = JSON.stringify(toWireCheckpoint(checkpoint));
  return `{"documents":[${documents.map(documentText).join(',')}],"checkpoint":${place}}`;
}
