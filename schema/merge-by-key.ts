import { canonicalJson } from './canonical-json.ts';
import type { Edit } from './edit.ts';

/** Fields of which each key is a value of its own: the price of each branch, each setting of sync. */
const BY_KEY: ReadonlySet<string> = new Set(['branchPrices', 'sync']);

/** True when a wish for this field is merged by its keys; what is no record is merged, or refused, as a whole. */
export function isMergedByKey(field: string, wish: unknown): boolean {
  return BY_KEY.has(field) && typeof wish === 'object' && wish !== null && !Array.isArray(wish);
}

/** What merging a field by its keys gives: all of theirs with what was changed here; false where both changed one key to different values. */
export interface MergedKeys {
  readonly value: Edit['patch'];
  readonly agrees: boolean;
}

/**
 * Merges the keys of a field that two people changed: a key takes the wish where nobody else changed it. Where somebody did, the wish
 * is in the value all the same, and `agrees` is false: a person who then keeps it loses nothing that was changed beside it.
 */
export function mergeKeys(base: unknown, mine: unknown, theirs: unknown): MergedKeys {
  const [was, wished, held] = [asRecord(base), asRecord(mine), asRecord(theirs)];
  const merged = new Map(held);
  let agrees = true;
  for (const key of new Set([...was.keys(), ...wished.keys()])) {
    const [before, wish, now] = [was.get(key), wished.get(key), held.get(key)];
    if (isSame(before, wish)) continue;
    agrees &&= isSame(now, before) || isSame(now, wish);
    if (wish === undefined) merged.delete(key);
    else merged.set(key, wish);
  }
  return { value: Object.fromEntries(merged) as Edit['patch'], agrees };
}

/**
 * Values of one field with those keys alone in which they differ, for a person to compare; a key that one lacks is null there. What is not
 * merged by its keys is given as it is.
 */
export function differingKeys(field: string, values: readonly unknown[]): readonly unknown[] {
  if (!BY_KEY.has(field)) return values;
  const records = values.map(asRecord);
  const keys = [...new Set(records.flatMap((record) => [...record.keys()]))].sort();
  const differing = keys.filter((key) => records.some((record) => !isSame(record.get(key), records[0]?.get(key))));
  return records.map((record) => Object.fromEntries(differing.map((key) => [key, record.get(key) ?? null])));
}

function asRecord(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
}

function isSame(left: unknown, right: unknown): boolean {
  return canonicalJson(left ?? null) === canonicalJson(right ?? null);
}
