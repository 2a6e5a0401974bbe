import type { Scope } from '../../../schema/ids.ts';
import type { StoredChange } from '../store.ts';

/** Changes of one scope that are kept: where a commit made more, whoever tells of them reads the log. */
export const CHANGES_KEPT_MAX = 500;

/** What one transaction changes, kept as it is written, so that nobody has to read it back to tell of it. */
export interface CommitChanges {
  /** `key` names what changed: of two changes the later stands. */
  add(scope: Scope, key: string, change: StoredChange): void;
  /** Something changed of which not all is at hand. */
  addUnknown(scope: Scope): void;
  /** In commit order; null where not all of it is here. */
  of(scope: Scope): readonly StoredChange[] | null;
  forget(): void;
}

export function createCommitChanges(): CommitChanges {
  const byScope = new Map<Scope, Map<string, StoredChange> | null>();
  const addUnknown = (scope: Scope): void => void byScope.set(scope, null);
  return {
    add: (scope, key, change) => {
      const kept = byScope.get(scope);
      if (kept === null) return;
      const changes = kept ?? new Map<string, StoredChange>();
      byScope.set(scope, changes);
      // To its later place.
      changes.delete(key);
      changes.set(key, change);
      if (changes.size > CHANGES_KEPT_MAX) addUnknown(scope);
    },
    addUnknown,
    of: (scope) => {
      const kept = byScope.get(scope);
      return kept ? [...kept.values()] : null;
    },
    forget: () => byScope.clear(),
  };
}
