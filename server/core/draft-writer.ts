import type { DraftDoc, DraftEnding, DraftId } from '../../schema/draft.ts';
import type { EntryId } from '../../schema/ids.ts';
import { DRAFT_PAID_AGAIN_MAX } from '../../schema/limits.ts';
import { nextRevision } from '../../schema/revision.ts';
import type { ReadTx, WriteTx } from '../store/store.ts';
import { epochOf } from './epoch.ts';
import type { JournalWork } from './journal-work.ts';

/** A draft by its id; undefined for none. */
export async function readDraft(tx: ReadTx, id: string): Promise<DraftDoc | undefined> {
  const stored = await tx.document('drafts', id);
  return stored ? (JSON.parse(stored.json) as DraftDoc) : undefined;
}

/** Writes a draft under its next revision, and gives it as it is then. */
export async function putDraft(
  tx: WriteTx,
  current: DraftDoc | undefined,
  next: Omit<DraftDoc, 'rev'>,
): Promise<DraftDoc> {
  const draft = { ...next, rev: nextRevision(current?.rev ?? null, (await epochOf(tx)).n) };
  await tx.putDocument('drafts', { id: draft.id, scope: draft.scope, json: JSON.stringify(draft) });
  return draft;
}

/**
 * Notes a sale of a cart, and ends the cart's draft with it, in the transaction that stores the sale: whoever hears of the one hears of
 * the other. A second sale is named beside the first. A cart that nobody parked has no draft; one of another branch is none of this one's.
 */
export async function noteSoldCart({ tx, scope, at }: JournalWork, cartId: DraftId, entry: EntryId): Promise<void> {
  await tx.addSoldCart(scope, cartId, entry);
  const draft = await readDraft(tx, cartId);
  if (draft?.scope !== scope) return;
  const ending = paidEnding(draft.ending, entry, at);
  if (ending) await putDraft(tx, draft, { ...draft, ending });
}

/** What the draft's ending becomes with this sale; null where there is nothing new to say. */
function paidEnding(ending: DraftEnding | undefined, entry: EntryId, at: number): DraftEnding | null {
  if (ending?.how !== 'paid') return { how: 'paid', at, entry };
  const { again = [] } = ending;
  if (ending.entry === entry || again.includes(entry) || again.length >= DRAFT_PAID_AGAIN_MAX) return null;
  return { ...ending, again: [...again, entry] };
}
