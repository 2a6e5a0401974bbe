import type { ApprovalNeed } from './approval.ts';
import type { EntryId } from './ids.ts';

/** Whether what an approval allows covers a need, and reaches as far. */
export type Serves = (approval: EntryId, need: ApprovalNeed) => boolean;

/**
 * The needs that are left when each approval serves one at most (ROLE9): as few as there can be, whatever the order. An approval that
 * serves one need is handed on where that one has another (Kuhn's augmenting paths).
 */
export function unservedNeeds(needs: readonly ApprovalNeed[], serves: Serves): readonly ApprovalNeed[] {
  const servedBy = new Map<EntryId, ApprovalNeed>();
  const serve = (need: ApprovalNeed, tried: Set<EntryId>): boolean => {
    for (const id of need.approvals) {
      if (tried.has(id) || !serves(id, need)) continue;
      tried.add(id);
      const other = servedBy.get(id);
      if (other && !serve(other, tried)) continue;
      servedBy.set(id, need);
      return true;
    }
    return false;
  };
  return needs.filter((need) => !serve(need, new Set()));
}
