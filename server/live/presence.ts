import type { BranchId } from '../../schema/ids.ts';
import type { Deps } from '../deps.ts';

/** Tells a branch who is live, when somebody came or went. */
export interface Presence {
  changed(branch: BranchId): void;
}

/** How long a branch hears nothing more of who came or went, in milliseconds, and so much longer for each socket that must be told. */
const PAUSE_MS = 50;
const PAUSE_PER_SOCKET_MS = 5;

/**
 * The first change is told at once, what follows closely together with what follows it: when a thousand devices come back each of them would
 * be told a thousand times, every time of up to a thousand. `tell` gives the number of sockets that it told.
 */
export function createPresence({ after }: Pick<Deps, 'after'>, tell: (branch: BranchId) => number): Presence {
  /** Branches that were just told, and whether somebody came or went since. */
  const resting = new Map<BranchId, boolean>();
  const tellAndRest = (branch: BranchId): void => {
    resting.set(branch, false);
    after(PAUSE_MS + PAUSE_PER_SOCKET_MS * tell(branch), () => {
      if (resting.get(branch)) tellAndRest(branch);
      else resting.delete(branch);
    });
  };
  return {
    changed: (branch) => {
      if (resting.has(branch)) resting.set(branch, true);
      else tellAndRest(branch);
    },
  };
}
