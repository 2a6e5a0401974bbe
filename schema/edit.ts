import { z } from 'zod';
import { canonicalJson } from './canonical-json.ts';
import { editIdShape, personIdShape } from './ids.ts';
import { isMergedByKey, mergeKeys } from './merge-by-key.ts';
import { type Revision, revisionShape, sameRevision } from './revision.ts';

/**
 * A person's wish to change master data. `base` holds the former values of the fields in `patch`, as that person saw
 * them; `baseRevision` is null for a document that is to be made.
 */
export const editShape = z.object({
  editId: editIdShape,
  collection: z.enum(['products', 'company']),
  docId: z.string().min(1).max(80),
  baseRevision: revisionShape.nullable(),
  base: z.record(z.string(), z.json()),
  patch: z.record(z.string(), z.json()),
  person: personIdShape,
  at: z.int(),
});
export type Edit = z.infer<typeof editShape>;

/** A field that two people changed differently: what it was, what this edit wants, what the server has. */
export const fieldConflictShape = z.object({
  field: z.string(),
  base: z.json().optional(),
  mine: z.json(),
  theirs: z.json().optional(),
});
export type FieldConflict = z.infer<typeof fieldConflictShape>;

/** What merging an edit gives. `fields` are the ones to write: all of the patch, or those that do not conflict. */
export interface EditOutcome {
  readonly verdict: 'accepted' | 'merged' | 'conflict';
  readonly fields: Readonly<Record<string, z.infer<ReturnType<typeof z.json>>>>;
  readonly conflicts: readonly FieldConflict[];
}

/**
 * Merges an edit into the server's document, field by field (EDT1): a field applies when the server's value equals
 * the edit's base or already its patch, whatever the revisions say; otherwise it is a conflict for a person, and only that
 * field stays as it is. Prices of branches are merged branch by branch (EDT19). `accepted` when nobody else wrote in between.
 */
export function mergeEdit(
  current: { readonly rev: Revision; readonly [field: string]: unknown } | undefined,
  edit: Pick<Edit, 'baseRevision' | 'base' | 'patch'>,
): EditOutcome {
  const fields: Record<string, EditOutcome['fields'][string]> = {};
  const conflicts: FieldConflict[] = [];
  for (const [field, mine] of Object.entries(edit.patch)) {
    const base = ownField(edit.base, field);
    const theirs = ownField(current, field);
    const merged = isMergedByKey(field, mine) ? mergeKeys(base, mine, theirs) : { value: mine, agrees: false };
    if (merged.agrees || sameValue(theirs, base) || sameValue(theirs, mine)) fields[field] = merged.value;
    else conflicts.push({ field, ...present('base', base), mine: merged.value, ...present('theirs', theirs) });
  }
  if (conflicts.length > 0) return { verdict: 'conflict', fields, conflicts };
  return { verdict: sameRevision(current?.rev ?? null, edit.baseRevision) ? 'accepted' : 'merged', fields, conflicts };
}

/** A field of the document itself; `toString` and its kind are none, whatever a patch calls them. */
function ownField(document: object | undefined, field: string): FieldConflict['theirs'] {
  if (document === undefined || !Object.hasOwn(document, field)) return undefined;
  return (document as Record<string, FieldConflict['theirs']>)[field];
}

function present<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { [K in Key]?: Value });
}

/** Null takes an optional field away, so it is the same as a field that is not there. */
function sameValue(left: unknown, right: unknown): boolean {
  const [mine, theirs] = [left ?? null, right ?? null];
  if (mine === null || theirs === null) return mine === theirs;
  return canonicalJson(left) === canonicalJson(right);
}

/** A document as its editor sees it: the server's state with the pending edits laid over it, in order; null takes a field away. */
export function overlayEdits<Doc extends object>(doc: Doc, pending: readonly Pick<Edit, 'patch'>[]): Doc {
  if (pending.length === 0) return doc;
  const seen = { ...doc } as Record<string, unknown>;
  for (const { patch } of pending) {
    for (const [field, value] of Object.entries(patch)) {
      if (value === null) delete seen[field];
      else seen[field] = value;
    }
  }
  return seen as Doc;
}
