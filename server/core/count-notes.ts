import type { BranchId } from '../../schema/ids.ts';
import type { Core } from './core.ts';

/** What a process knows of a branch without asking the store: whether counting for reports is due, and whether it would be in somebody's way. */
export interface CountNote {
  /** Entries that were folded and are not counted yet; undefined until this process looked what an earlier one left. */
  uncounted: number | undefined;
  /** Pushes that came since the process began: only ever more. */
  pushes: number;
}

const notes = new WeakMap<Core, Map<BranchId, CountNote>>();

/** The note of a branch, which who counts changes. */
export function countNote(core: Core, branch: BranchId): CountNote {
  const ofShop = notes.get(core) ?? new Map<BranchId, CountNote>();
  notes.set(core, ofShop);
  const note = ofShop.get(branch) ?? { uncounted: undefined, pushes: 0 };
  ofShop.set(branch, note);
  return note;
}

/** Says that a push came, before it waits for its turn. */
export function notePush(core: Core, branch: BranchId): void {
  countNote(core, branch).pushes += 1;
}

/** Says that entries of a branch were folded, and are to be counted. */
export function noteFolded(core: Core, branch: BranchId, entries: number): void {
  const note = countNote(core, branch);
  if (note.uncounted !== undefined) note.uncounted += entries;
}
