import type { Vault } from '../store/vault.ts';
import type { HeldLock } from './device-deps.ts';

/** That a tab took its device over, as its vault has it. */
export interface Holding {
  /** See `VaultValues.holder`. A disk that does not take it takes nothing else either: the device opens all the same, and this is undefined. */
  readonly count: Promise<number | undefined>;
  /** What other tabs noted until then can be read. */
  readonly noted: Promise<void>;
}

/**
 * Notes in the vault that this tab takes its device over, each time it is asked: first when both its locks were given `ahead`, which is while its
 * disk is still being read. A tab that was overtaken before it was asked has to note it again: the other one counts higher.
 */
export function createHoldings(vault: Vault, ahead: Promise<HeldLock | null>): () => Promise<Holding> {
  let first: Holding | null = null;
  const readied = ahead.then((held) => {
    if (!held) return;
    first = noteHolding(vault);
    void held.lost.then(() => {
      first = null;
    });
  });
  return async () => {
    await readied;
    const holding = first ?? noteHolding(vault);
    first = null;
    return holding;
  };
}

function noteHolding(vault: Vault): Holding {
  const count = vault.change('holder', (before = 0) => before + 1).catch(() => undefined);
  const noted = count.then(() => vault.ahead?.read());
  // Whoever waits for it is told.
  noted.catch(() => undefined);
  return { count, noted };
}
