import type { BranchId } from '../../schema/ids.ts';
import type { Contribution } from '../../schema/report/contributions.ts';
import type { DailySumSpan } from '../store/store.ts';
import type { Core } from './core.ts';
import { countBehind } from './count-behind.ts';

/** Rows read and added up in one breath: a few milliseconds, then sales have their turn. */
export const SUMS_AT_ONCE = 2_000;

/**
 * Counts what waits to be counted, and hands on the daily sums of some days, in slices, each a transaction of its own: what is folded meanwhile is in the answer or not, and
 * never a part of it, because all that an entry adds to one dimension stands on one day, and each row is read once.
 */
export async function eachDailySum(core: Core, span: DailySumSpan, take: (row: Contribution) => void): Promise<void> {
  await countBehind(core, span.scope as string as BranchId);
  let after: Contribution | null = null;
  for (;;) {
    const page: readonly Contribution[] = await readPage(core, span, after);
    for (const row of page) take(row);
    if (page.length < SUMS_AT_ONCE) return;
    after = page.at(-1) ?? null;
    await new Promise<void>((resolve) => core.deps.after(0, resolve));
  }
}

function readPage(core: Core, span: DailySumSpan, after: Contribution | null): Promise<readonly Contribution[]> {
  return core.store.read((tx) => tx.dailySumsAfter(span, after, SUMS_AT_ONCE));
}
