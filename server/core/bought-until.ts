import { type BranchId, branchScope } from '../../schema/ids.ts';
import { type Bought, type BranchRow, boughtBy } from '../../schema/report/bought.ts';
import { readTransferKey } from '../../schema/report/product-key.ts';
import type { Core } from './core.ts';
import { eachDailySum } from './read-daily-sums.ts';

/** Before every purchase. */
const FIRST_DAY = '0000-01-01';

/**
 * What a branch paid for goods until a day, that day included: what it bought, and what came from other branches at what it had cost them. The
 * rows of others are read where goods went between them and this one, and of those that these dealt with.
 */
export async function boughtUntil(core: Core, branch: BranchId, to: string): Promise<Bought> {
  const rows: BranchRow[] = [];
  const branches = new Set([branch]);
  for (const each of branches) {
    for (const dimension of ['received', 'transferred'] as const) {
      await eachDailySum(core, { scope: branchScope(each), dimension, from: FIRST_DAY, to }, (row) => {
        rows.push({ branch: each, row });
        // A set that grows while it is gone through: whoever goods went to or came from has its turn.
        if (dimension === 'transferred') branches.add(readTransferKey(row.key).other);
      });
    }
  }
  return boughtBy(rows).get(branch) ?? new Map();
}
