import type { Edit } from '../../schema/edit.ts';
import type { Epoch } from '../../schema/epoch.ts';
import type { EditVerdict } from '../../schema/protocol/push.ts';
import type { Revision } from '../../schema/revision.ts';
import type { OwnEdit } from '../device/device.ts';
import { livePatch } from './edit-again.ts';

/** A verdict as it is kept in the edit. The fields the server wrote are always named, also where the verdict leaves them out. */
export function keptVerdict(edit: OwnEdit, verdict: EditVerdict, epoch: Epoch): OwnEdit['verdict'] {
  const { reason, conflicts, rev } = verdict;
  return {
    verdict: verdict.verdict,
    epoch,
    fields: takenFields(edit, verdict),
    ...(reason === undefined ? {} : { reason }),
    ...(conflicts === undefined ? {} : { conflicts }),
    ...(rev === undefined ? {} : { rev }),
  };
}

function takenFields(edit: OwnEdit, { verdict, fields, conflicts }: EditVerdict): string[] {
  if (verdict === 'refused') return [];
  if (fields !== undefined) return fields;
  const lost = new Set(conflicts?.map(({ field }) => field));
  return Object.keys(livePatch(edit)).filter((field) => !lost.has(field));
}

/**
 * What a screen lays over the document for this edit, or null. A waiting edit shows whole; of a settled one, what the server
 * took shows until the revision that holds it has arrived (EDT11); what it did not take shows no longer.
 */
export function shownPatch(edit: OwnEdit, arrived: Revision | undefined): Pick<Edit, 'patch'> | null {
  const { patch, verdict } = edit;
  if (verdict === null) return { patch: livePatch(edit) };
  if (verdict.rev === undefined || !isBefore(arrived, verdict.rev)) return null;
  const taken = new Set(verdict.fields);
  return { patch: Object.fromEntries(Object.entries(patch).filter(([field]) => taken.has(field))) };
}

/**
 * Later edits of the same document, in order, were made on top of the first. What the server took of it is their base already.
 * What it did not take never came to be: the next edit of such a field stands on what the first one stood on, and those
 * behind stand on that one (I15).
 */
export function rebaseEdits(later: readonly OwnEdit[], first: OwnEdit): OwnEdit[] {
  const taken = new Set(first.verdict?.fields);
  const lost = new Set(Object.keys(livePatch(first)).filter((field) => !taken.has(field)));
  const rev = first.verdict?.verdict === 'accepted' ? first.verdict.rev : undefined;
  return later.map((edit) => {
    const fields = Object.keys(edit.patch).filter((field) => lost.delete(field));
    return { ...edit, base: withFormer(edit.base, fields, first.base), baseRevision: rev ?? edit.baseRevision };
  });
}

function withFormer(base: Edit['base'], fields: readonly string[], former: Edit['base']): Edit['base'] {
  const next = { ...base };
  for (const field of fields) {
    const value = former[field];
    if (value === undefined) delete next[field];
    else next[field] = value;
  }
  return next;
}

function isBefore(arrived: Revision | undefined, revision: Revision): boolean {
  if (arrived === undefined) return true;
  return arrived.epoch < revision.epoch || (arrived.epoch === revision.epoch && arrived.n < revision.n);
}
