import type { CollectionName } from '../../schema/roles.ts';

/** Where a tab is killed in the middle of a sale: before its entry is on disk, or after, before anybody knows. */
export type KillPoint = 'before-write' | 'after-write';

/** What is wrong with a device's storage now. */
export interface StorageFaults {
  /** No room is left: nothing is written. */
  full: boolean;
  /** Writes of pulled documents that fail from now on, one after another. */
  failPulled: number;
  /** The next journal write is the last thing its tab does. */
  killAt: KillPoint | null;
}

export function noStorageFaults(): StorageFaults {
  return { full: false, failPulled: 0, killAt: null };
}

/** The browser's word for a disk that takes no more. */
export class QuotaFault extends Error {
  override readonly name = 'QuotaExceededError';
}

/** Throws when this write fails. Only what is pulled can fail alone. */
export function failWrite(
  faults: StorageFaults,
  collection: CollectionName,
  failed: (kind: 'full' | 'pulled') => void,
): void {
  if (faults.full) {
    failed('full');
    throw new QuotaFault('The disk is full.');
  }
  const isPulled =
    collection !== 'journal' && collection !== 'edits' && collection !== 'draftChanges' && collection !== 'findings';
  if (!isPulled || faults.failPulled === 0) return;
  faults.failPulled -= 1;
  failed('pulled');
  throw new Error('The disk did not take it.');
}
