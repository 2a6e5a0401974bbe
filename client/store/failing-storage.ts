import type { RxStorage } from 'rxdb';
import type { Vault } from './vault.ts';

/** Which write of a device's disk fails, for tests: collections and vault are counted together. */
export interface DiskGate {
  /** Counts from now on, and fails at number `n`, once. */
  arm(n: number): void;
  /** What failed since {@link arm}, e.g. `journal` or `vault acknowledged`; null when nothing did. */
  failed(): string | null;
  /** Asked before each write. Throws at the one that fails. */
  pass(what: string): void;
}

export function createDiskGate(): DiskGate {
  let left = 0;
  let failed: string | null = null;
  return {
    arm: (n) => {
      left = n;
      failed = null;
    },
    failed: () => failed,
    pass: (what) => {
      left -= 1;
      if (left !== 0) return;
      failed = what;
      throw new Error(`QuotaExceededError: ${what}`);
    },
  };
}

/** A storage whose writes ask the gate first, as a full or dying disk answers. */
export function failingStorage(real: RxStorage<unknown, unknown>, gate: DiskGate): RxStorage<unknown, unknown> {
  return {
    name: real.name,
    rxdbVersion: real.rxdbVersion,
    createStorageInstance: async (params) => {
      const instance = await real.createStorageInstance(params);
      const write = instance.bulkWrite.bind(instance);
      instance.bulkWrite = async (rows, context) => {
        gate.pass(params.collectionName);
        return write(rows, context);
      };
      return instance;
    },
  };
}

/** A vault likewise. */
export function failingVault(real: Vault, gate: DiskGate): Vault {
  return {
    ...real,
    put: async (key, value) => {
      gate.pass(`vault ${key}`);
      return real.put(key, value);
    },
    change: async (key, change, holder) => {
      gate.pass(`vault ${key}`);
      return real.change(key, change, holder);
    },
  };
}
