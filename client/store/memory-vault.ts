import { Superseded, type Vault, type VaultValues } from './vault.ts';

/** What a memory vault holds: kept by its owner, it outlives the vault. */
export type MemoryVaultValues = { -readonly [Key in keyof VaultValues]?: VaultValues[Key] };

/** A vault that forgets everything with its process: for replays and tests. Reopening is using it again. */
export function createMemoryVault(values: MemoryVaultValues = {}): Vault {
  return {
    get: async (key) => values[key],
    put: async (key, value) => {
      values[key] = value;
    },
    change: async (key, change, holder) => {
      if (holder !== undefined && values.holder !== holder) throw new Superseded();
      const next = change(values[key]);
      values[key] = next;
      return next;
    },
    close: () => undefined,
  };
}
