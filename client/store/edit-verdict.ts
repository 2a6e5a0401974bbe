import type { Edit } from '../../schema/edit.ts';
import type { EditVerdict } from '../../schema/protocol/push.ts';
import type { Revision } from '../../schema/revision.ts';
import type { OwnEdit } from '../device/device.ts';

/** A verdict as it is kept in the edit. The fields the server wrote are always named, also where the verdict leaves them out. */
export function keptVerdict(edit: OwnEdit, verdict: EditVerdict): OwnEdit['verdict'] {
  const { reason, conflicts, rev } = verdict;
  return {
    verdict: verdict.verdict,
    fields: takenFields(edit, verdict),
    ...(reason === undefined ? {} : { reason }),
    ...(conflicts === undefined ? {} : { conflicts }),
    ...(rev === undefined ? {} : { rev }),
  };
}

function takenFields({ patch }: OwnEdit, { verdict, fields, conflicts }: EditVerdict): string[] {
  if (verdict === 'refused') return [];
  if (fields !== undefined) return fields;
  const lost = new Set(conflicts?.map(({ field }) => field));
  return Object.keys(patch).filter((field) => !lost.has(field));
}

/**
 * What a screen lays over the document for this edit, or null. A waiting edit shows whole; of a settled one, what the server
 * took shows until the revision that holds it has arrived (EDT11); what it did not take shows no longer.
 */
export function shownPatch({ patch, verdict }: OwnEdit, arrived: Revision | undefined): Pick<Edit, 'patch'> | null {
  if (verdict === null) return { patch };
  if (verdict.rev === undefined || !isBefore(arrived, verdict.rev)) return null;
  const taken = new Set(verdict.fields);
  return { patch: Object.fromEntries(Object.entries(patch).filter(([field]) => taken.has(field))) };
}

/**
 * A later edit of the same document was made on top of the first. What the server took of the first is its base already; what
 * it did not take never came to be, so there the later one stands on what the first one stood on (I15).
 */
export function rebaseEdit(later: OwnEdit, first: OwnEdit): OwnEdit {
  const taken = new Set(first.verdict?.fields);
  const base = { ...later.base };
  for (const field of Object.keys(first.patch)) {
    if (taken.has(field) || !Object.hasOwn(later.patch, field)) continue;
    const former = first.base[field];
    if (former === undefined) delete base[field];
    else base[field] = former;
  }
  const rev = first.verdict?.verdict === 'accepted' ? first.verdict.rev : undefined;
  return { ...later, base, baseRevision: rev ?? later.baseRevision };
}

function isBefore(arrived: Revision | undefined, revision: Revision): boolean {
  if (arrived === undefined) return true;
  return arrived.epoch < revision.epoch || (arrived.epoch === revision.epoch && arrived.n < revision.n);
}
