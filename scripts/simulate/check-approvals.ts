import type { DeviceEntry } from '../../schema/entry/entry.ts';
import { CASHIER } from './cashier-acts.ts';
import type { Fresh } from './server-watch.ts';
import type { World } from './world.ts';

/** What a cashier may not do alone in these shops, of what happens in them. */
const NEEDS_LEAVE: ReadonlySet<DeviceEntry['kind']> = new Set(['adjust', 'refund', 'transfer-out']);

/**
 * ROLE5 as people see it: what a cashier did without leave, or by a cashier's, is flagged; what a manager did is not. Of an approval that
 * the entry came before, because its own device lost it or a gap was closed, nothing is said.
 */
export function createApprovalCheck(world: World): { check(fresh: Fresh): void } {
  const byCashier = new Set<string>();
  return {
    check: ({ entries }) => {
      for (const { id, json } of entries) {
        const state = world.watch.rows().entry_state.get(id);
        if (state?.verdict !== 'accepted') continue;
        const { flags } = state;
        const entry = JSON.parse(json) as DeviceEntry;
        // Two approvals of a copied device may have one name.
        if (world.truth.isForked(entry.deviceId)) continue;
        if (entry.kind === 'approval' && entry.body.approver === CASHIER) byCashier.add(entry.id);
        const isFlagged = flags.includes('no-approval');
        const says = wrongOf(entry, isFlagged, byCashier);
        if (says) world.violate('ROLE5', `${id}: ${says}`);
      }
    },
  };
}

function wrongOf(entry: DeviceEntry, isFlagged: boolean, byCashier: ReadonlySet<string>): string | null {
  if (entry.kind === 'approval') {
    const isRight = isFlagged === (entry.body.approver === CASHIER);
    return isRight ? null : `an approval by ${entry.body.approver} is ${isFlagged ? '' : 'not '}flagged`;
  }
  const needsLeave = entry.person === CASHIER && NEEDS_LEAVE.has(entry.kind);
  if (!needsLeave) return isFlagged ? `${entry.person} may do this alone, and it is flagged` : null;
  const { approval, approvals = [] } = entry.body as { approval?: string; approvals?: readonly string[] };
  const named = approval ? [approval, ...approvals] : approvals;
  const hasNone = named.every((id) => byCashier.has(id));
  return hasNone && !isFlagged ? 'a cashier did this without leave, and it is not flagged' : null;
}
