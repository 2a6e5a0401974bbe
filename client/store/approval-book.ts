import type { BodyOf, DeviceEntry } from '../../schema/entry/entry.ts';
import type { EntryId } from '../../schema/ids.ts';
import type { BranchEntry } from '../../schema/protocol/pull.ts';

export type Approval = BodyOf<'approval'>;

/** What people allowed last, here and, as far as received, elsewhere. */
export interface ApprovalBook {
  clear(): void;
  addOwn(entry: DeviceEntry): void;
  put(entries: readonly BranchEntry[]): void;
  find(id: EntryId): Approval | undefined;
}

/** More than the carts of a day need; older ones are judged by the server alone. */
export const APPROVALS_KEPT_MAX = 2_000;

export function createApprovalBook(): ApprovalBook {
  const known = new Map<EntryId, Approval>();
  const take = (entry: DeviceEntry): void => {
    if (entry.kind !== 'approval') return;
    known.set(entry.id, entry.body);
    const [oldest] = known.keys();
    if (known.size > APPROVALS_KEPT_MAX && oldest !== undefined) known.delete(oldest);
  };
  return {
    clear: () => known.clear(),
    addOwn: take,
    put: (entries) => {
      for (const { verdict, entry } of entries) if (verdict === 'accepted' && entry) take(entry as DeviceEntry);
    },
    find: (id) => known.get(id),
  };
}
