import type { Epoch } from '../../schema/epoch.ts';
import { createMutex } from '../store/mutex.ts';
import { beginEpoch, type EpochCause, type EpochParts } from './epoch.ts';

/** Why a new epoch is needed, and the histories it must follow besides the database's own. */
export interface EpochNeed {
  readonly cause: EpochCause;
  readonly after: readonly Epoch[];
}

/** Holds the epoch that this process serves, and begins a new one where there is need. */
export interface EpochKeeper {
  current(): Epoch;
  /**
   * Asks `findNeed`, under the lock, whether a new epoch is needed, and begins one if so: of many who saw the same, the first
   * begins it, and the others find no need any more.
   */
  beginIf(findNeed: () => Promise<EpochNeed | null>): Promise<void>;
  /** Calls back after each new epoch. Returns the way to stop. */
  onBegin(listener: () => void): () => void;
}

export function createEpochKeeper(parts: EpochParts, opened: Epoch): EpochKeeper {
  let current = opened;
  const lock = createMutex();
  const listeners = new Set<() => void>();
  const beginIfNeeded = async (findNeed: () => Promise<EpochNeed | null>): Promise<void> => {
    const need = await findNeed();
    if (!need) return;
    current = await beginEpoch(parts, need.cause, need.after);
    for (const listener of [...listeners]) listener();
  };
  return {
    current: () => current,
    beginIf: (findNeed) => lock.run(() => beginIfNeeded(findNeed)),
    onBegin: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
