import type { Entry } from '../../schema/entry/entry.ts';
import { type BranchId, branchScope, type EntryId } from '../../schema/ids.ts';
import { type Bought, type BranchRow, boughtBy } from '../../schema/report/bought.ts';
import { type Contribution, contribute } from '../../schema/report/contributions.ts';
import { readTransferKey } from '../../schema/report/product-key.ts';
import type { Core } from './core.ts';
import { eachDailySum } from './read-daily-sums.ts';
import { reportZone } from './report-zone.ts';

/** Before every purchase, and behind every day on which one may be taken back. */
const [FIRST_DAY, LAST_DAY] = ['0000-01-01', '9999-12-31'];
/** Entries looked up in one breath. */
const ENTRIES_AT_ONCE = 100;

/**
 * What a branch paid for goods until a day, that day included: what it bought and did not take back, and what came from other branches at what it had cost them. The
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
    for (const row of await neverCame(core, each)) if (row.day <= to) rows.push({ branch: each, row });
  }
  return boughtBy(rows).get(branch) ?? new Map();
}

/** What receipts of a branch added that somebody took back, whenever that was said: the other way round, on their own days. */
async function neverCame(core: Core, branch: BranchId): Promise<readonly Contribution[]> {
  const scope = branchScope(branch);
  const undone: EntryId[] = [];
  await eachDailySum(core, { scope, dimension: 'undone', from: FIRST_DAY, to: LAST_DAY }, ({ key }) => {
    undone.push(key as EntryId);
  });
  const rows: Contribution[] = [];
  const ids = [...new Set(undone)];
  for (let at = 0; at < ids.length; at += ENTRIES_AT_ONCE) {
    await core.store.read(async (tx) => {
      const zone = await reportZone(tx);
      for (const id of ids.slice(at, at + ENTRIES_AT_ONCE)) {
        const stored = await tx.entry(id);
        if (stored?.kind !== 'receive' || stored.scope !== scope || stored.verdict !== 'accepted') continue;
        contribute(JSON.parse(stored.json) as Entry, zone, ({ day, dimension, key }, { quantity = 0, cost = 0 }) => {
          if (dimension === 'received')
            rows.push({ day, dimension, key, measures: { quantity: -quantity, cost: -cost } });
        });
      }
    });
    await new Promise<void>((resolve) => core.deps.after(0, resolve));
  }
  return rows;
}
