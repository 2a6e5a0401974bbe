import type { DraftDoc } from '../../schema/draft.ts';
import { DRAFT_ENDED_KEPT_MS, DRAFT_ENDED_SERVED_MS } from '../../schema/limits.ts';
import type { ReadTx, Span, StoredDocument } from '../store/store.ts';

/** True for a draft that ended so long ago, with nothing new of it since, that nobody is told of it any more. */
export function isServedNoMore({ ending, at }: DraftDoc, now: number): boolean {
  return ending !== undefined && now - Math.max(ending.at, at) > DRAFT_ENDED_SERVED_MS;
}

/**
 * A page of drafts. One that ended long ago is served no more; one that ended a day ago without its changes: that it ended is
 * all that a device may still have to hear. So what a new device is given stays small, however old the shop is.
 */
export async function readDraftPage(tx: ReadTx, span: Span, now: number): Promise<readonly StoredDocument[]> {
  const served: StoredDocument[] = [];
  for (let { after } = span; served.length < span.limit; ) {
    const page = await tx.documentsAfter('drafts', { ...span, after });
    served.push(...page.flatMap((row) => serve(row, now) ?? []));
    after = page.at(-1)?.seq ?? after;
    if (page.length < span.limit) break;
  }
  return served.slice(0, span.limit);
}

function serve(row: StoredDocument, now: number): StoredDocument | null {
  const draft = JSON.parse(row.json) as DraftDoc;
  const endedMs = draft.ending ? now - draft.ending.at : 0;
  if (isServedNoMore(draft, now)) return null;
  return endedMs > DRAFT_ENDED_KEPT_MS ? { ...row, json: JSON.stringify({ ...draft, changes: [] }) } : row;
}
