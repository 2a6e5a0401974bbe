import type { BranchId } from '../../schema/ids.ts';
import { foldAll } from './advance-head.ts';
import type { Core } from './core.ts';
import { workOnJournals } from './journal-work.ts';

/** Folds what follows the heads of a branch's devices, where an earlier process stopped before it did. */
export function foldRest(core: Core, branch: BranchId): Promise<void> {
  return workOnJournals(core, branch, async (work) => {
    for (const author of await work.tx.devicesOfBranch(branch)) work.toFold.set(author.deviceId, author);
    await foldAll(work);
  });
}
