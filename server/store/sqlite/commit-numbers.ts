import type { Database } from 'better-sqlite3';
import type { Scope } from '../../../schema/ids.ts';
import type { CommitPlace } from '../store.ts';
import { rowWriter } from './row-sum.ts';

/**
 * The commit sequence of one transaction: numbers are given out under the writer's lock, and written together with the
 * commit's tag just before it commits, so that no reader ever passes a change that commits later.
 */
export interface CommitNumbers {
  next(scope: Scope): number;
  /** Writes clocks and tags of everything numbered since the last call; gives where each scope stood before, and stands. */
  flush(tag: string): ReadonlyMap<Scope, { readonly after: number; readonly place: CommitPlace }>;
  forget(): void;
}

/** `placeOf` says where a scope's history ends. */
export function createCommitNumbers(database: Database, placeOf: (scope: Scope) => CommitPlace): CommitNumbers {
  const tick = rowWriter(database, 'scope_clock', { verb: 'INSERT OR REPLACE' });
  const addTag = rowWriter(database, 'commit_tag');
  const ranges = new Map<Scope, { first: number; last: number }>();
  const next = (scope: Scope): number => {
    const range = ranges.get(scope);
    if (range) return ++range.last;
    const first = placeOf(scope).seq + 1;
    ranges.set(scope, { first, last: first });
    return first;
  };
  const flush: CommitNumbers['flush'] = (tag) => {
    const moved = new Map<Scope, { after: number; place: CommitPlace }>();
    for (const [scope, { first, last }] of ranges) {
      addTag({ scope, first, last, tag });
      tick({ scope, seq: last, tag });
      moved.set(scope, { after: first - 1, place: { seq: last, tag } });
    }
    ranges.clear();
    return moved;
  };
  return { next, flush, forget: () => ranges.clear() };
}
