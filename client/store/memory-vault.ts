import type { Vault, VaultValues } from './vault.ts';

/** A vault that forgets everything with its process: for replays and tests. Reopening is using it again. */
export function createMemoryVault(): Vault {
  const values: { -readonly [Key in keyof VaultValues]?: VaultValues[Key] } = {};
  return {
    get: async (key) => values[key],
    put: async (key, value) => {
      values[key] = value;
    },
    close: () => undefined,
  };
}
