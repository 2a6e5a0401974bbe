import type { DraftDoc } from '../../schema/draft.ts';
import type { Scope } from '../../schema/ids.ts';
import type { StoredDocument, WriteTx } from '../store/store.ts';
import { putDraft } from './draft-writer.ts';

/** Drafts read at once. */
const PAGE = 500;

/**
 * Gives every draft of a scope that was not paid a revision of the new epoch: a device tells by it what this history holds of a draft
 * from what only a lost one held. Each takes a new commit sequence, and so moves out of the way of the reading.
 */
export async function restampDrafts(tx: WriteTx, scope: Scope): Promise<void> {
  const end = (await tx.place(scope)).seq;
  for (let after = 0; after < end; ) {
    const page = await tx.documentsAfter('drafts', { scope, after, limit: PAGE });
    for (const row of page) if (row.seq <= end) await restamp(tx, row);
    after = page.at(-1)?.seq ?? end;
  }
}

async function restamp(tx: WriteTx, { json }: StoredDocument): Promise<void> {
  const draft = JSON.parse(json) as DraftDoc;
  if (draft.ending?.how !== 'paid') await putDraft(tx, draft, draft);
}
