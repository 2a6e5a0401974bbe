import { Superseded, type Vault, type VaultValues } from '../store/vault.ts';
import type { Live } from './live.ts';

export interface FenceDeps {
  readonly vault: Pick<Vault, 'change'>;
  /** This tab among those that took the device over. */
  readonly holder: Live<number | undefined>;
  /** Another tab was found to have taken over. */
  readonly superseded: () => Promise<void>;
}

/** Notes money as long as this tab holds the device: one that slept while another took over must not write over what that one noted. */
export async function keepFenced<Key extends 'taken' | 'payingBack' | 'exchange'>(
  { vault, holder, superseded }: FenceDeps,
  key: Key,
  next: VaultValues[Key],
): Promise<void> {
  try {
    await vault.change(key, () => next, holder.get());
  } catch (error) {
    if (error instanceof Superseded) await superseded();
    throw error;
  }
}
