import { canonicalJson } from '../../schema/canonical-json.ts';
import type { Edit } from '../../schema/edit.ts';

/** The fields that differ from the document; undefined takes an optional one away, as null. */
export function changedFields(doc: object | undefined, fields: Readonly<Record<string, unknown>>): Edit['patch'] {
  const before = (doc ?? {}) as Readonly<Record<string, unknown>>;
  const differs = ([field, value]: readonly [string, unknown]) =>
    canonicalJson(before[field] ?? null) !== canonicalJson(value ?? null);
  return Object.fromEntries(
    Object.entries(fields)
      .filter(differs)
      .map(([field, value]) => [field, value ?? null]),
  ) as Edit['patch'];
}

/** What to keep of a setting that may be left out: nothing new where it says what holds anyway. */
export function unlessUsual<Value>(value: Value, held: Value | undefined, usual: Value): Value | undefined {
  return canonicalJson(value ?? null) === canonicalJson(held ?? usual ?? null) ? held : value;
}
