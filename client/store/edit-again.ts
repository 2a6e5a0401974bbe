import { canonicalJson } from '../../schema/canonical-json.ts';
import { type Edit, editShape } from '../../schema/edit.ts';
import type { Epoch } from '../../schema/epoch.ts';
import type { EditId } from '../../schema/ids.ts';
import type { EditVerdict } from '../../schema/protocol/push.ts';
import type { OwnEdit } from '../device/device.ts';

/** A history that is not the one of this verdict, and not an older one. Verdicts of protocol 1 are of the first history. */
function hasLapsed(verdict: NonNullable<OwnEdit['verdict']>, epoch: Epoch): boolean {
  return verdict.epoch === undefined ? epoch.n > 1 : epoch.n >= verdict.epoch.n && epoch.id !== verdict.epoch.id;
}

function isOf(verdict: OwnEdit['verdict'], { id }: Epoch): boolean {
  return verdict?.epoch?.id === id;
}

/**
 * An edit as it waits again in a new history, or null when it does not: the server may have lost what it wrote of it. Of a conflict
 * that a person decided only the rest goes again; a refused edit was never part of any history. What a later own edit of the document has
 * written in the new history already stands there in its place (I15).
 */
export function waitingAgain(edit: OwnEdit, epoch: Epoch, later: readonly OwnEdit[]): OwnEdit | null {
  const { verdict, decided, patch } = edit;
  if (verdict === null || verdict.verdict === 'refused' || !hasLapsed(verdict, epoch)) return null;
  const lost = decided === undefined ? (edit.again ?? Object.keys(patch)) : (verdict.fields ?? []);
  const written = new Set(later.flatMap((own) => (isOf(own.verdict, epoch) ? (own.verdict?.fields ?? []) : [])));
  const again = lost.filter((field) => !written.has(field));
  return again.length === 0 ? null : { ...edit, verdict: null, again };
}

/** The part of an edit that travels and shows: all of it, or what goes again. */
export function livePatch({ patch, again }: Pick<OwnEdit, 'patch' | 'again'>): Edit['patch'] {
  return again === undefined ? patch : pick(patch, again);
}

/**
 * A verdict without the conflicts with what a later own edit has written: it went while nobody knew yet that the server had lost the earlier
 * one, in this history or in the one that this goes on from. Nobody has to decide between the two (I15).
 */
export function withoutOvertaken(verdict: EditVerdict, epoch: Epoch, later: readonly OwnEdit[]): EditVerdict {
  const { conflicts = [], ...rest } = verdict;
  const stand = conflicts.filter(({ field, theirs }) => {
    const wrote = (own: OwnEdit) =>
      own.again?.includes(field) || (isOf(own.verdict, epoch) && own.verdict?.fields?.includes(field));
    return !later.some((own) => wrote(own) && same(own.patch[field], theirs));
  });
  if (stand.length === conflicts.length) return verdict;
  return stand.length > 0
    ? { ...rest, conflicts: stand }
    : { ...rest, verdict: 'merged', fields: verdict.fields ?? [] };
}

/** An edit as the wire knows it: without what is this device's own. */
export function wireEdit(edit: OwnEdit): Edit {
  return editShape.parse({ ...edit, patch: livePatch(edit) });
}

/**
 * After a restore, edits of several people come again in another order than they were made in, and an own edit may stand against
 * what an own earlier one has just written again, or on one that the server lost and now refused, with the value before that one there
 * again. Both are nobody's decision (I15): the edit is carried on by one on top of what is there. Null when somebody else's value stands
 * there too. The new id follows from the old one, so that a crash makes no second.
 */
export function carryOn(edit: OwnEdit, earlier: readonly OwnEdit[]): Edit | null {
  const conflicts = edit.verdict?.verdict === 'conflict' ? (edit.verdict.conflicts ?? []) : [];
  const isOwn = conflicts.every(({ field, theirs }) =>
    earlier.some((own) => {
      if (!own.again?.includes(field) || own.verdict === null) return false;
      const stoodOnLost = same(own.patch[field], edit.base[field]) && same(own.base[field], theirs);
      return same(own.patch[field], theirs) || stoodOnLost;
    }),
  );
  if (conflicts.length === 0 || !isOwn) return null;
  const fields = conflicts.map(({ field }) => field);
  const base = Object.fromEntries(
    conflicts.flatMap(({ field, theirs }) => (theirs === undefined ? [] : [[field, theirs]])),
  );
  const { collection, docId, person, at, verdict } = edit;
  const rest = { collection, docId, person, at, baseRevision: verdict?.rev ?? null };
  return { ...rest, editId: nextId(edit.editId), base, patch: pick(edit.patch, fields) };
}

const ID_LENGTH_MAX = 40;

function nextId(id: EditId): EditId {
  const [, stem = id, count = '0'] = /^(.*)_(\d{1,4})$/.exec(id) ?? [];
  const end = `_${Number(count) + 1}`;
  return `${stem.slice(0, ID_LENGTH_MAX - end.length)}${end}` as EditId;
}

function pick(patch: Edit['patch'], fields: readonly string[]): Edit['patch'] {
  return Object.fromEntries(Object.entries(patch).filter(([field]) => fields.includes(field)));
}

function same(left: Edit['patch'][string] | undefined, right: Edit['patch'][string] | undefined): boolean {
  return canonicalJson(left ?? null) === canonicalJson(right ?? null);
}
