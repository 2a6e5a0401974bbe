import { type Edit, editShape } from '../../schema/edit.ts';
import { base32FromBytes, type EditId } from '../../schema/ids.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import type { Revision } from '../../schema/revision.ts';
import type { CatalogueBook } from '../store/catalogue.ts';
import type { CompanyBook } from '../store/company-book.ts';
import type { EditBook } from '../store/edit-book.ts';
import type { OwnEdit } from './device.ts';
import type { DeviceDeps, Random } from './device-deps.ts';
import type { Live } from './live.ts';
import { showEdited } from './stores.ts';

export interface SettleConflictDeps {
  readonly world: Pick<DeviceDeps, 'clock' | 'random'>;
  readonly catalogue: CatalogueBook;
  readonly company: CompanyBook;
  readonly editBook: EditBook;
  readonly active: Live<boolean>;
  readonly onEdit: () => void;
}

/** Random characters of an edit's id. */
const EDIT_ID_LENGTH = 20;

export function newEditId(random: Random): EditId {
  return base32FromBytes(random.bytes(EDIT_ID_LENGTH)) as EditId;
}

/**
 * A person decides a conflict, field by field (EDT10). Mine goes on as a new edit whose base is what the person saw of theirs:
 * should that have changed again, it is a conflict again. Theirs needs nothing but to be remembered.
 */
export async function settleConflict(
  deps: SettleConflictDeps,
  id: EditId,
  fields: Readonly<Record<string, 'mine' | 'theirs'>>,
): Promise<Result<EditId | null, 'not-active' | 'no-person' | 'bad-field' | 'no-conflict'>> {
  const edit = findOpen(deps, id, 'conflict');
  const person = deps.company.person.get();
  if (!deps.active.get()) return fail('not-active');
  if (edit === undefined) return fail('no-conflict');
  if (person === undefined) return fail('no-person');
  const conflicts = edit.verdict?.conflicts ?? [];
  if (Object.keys(fields).some((field) => !conflicts.some((one) => one.field === field))) return fail('bad-field');
  const mine = conflicts.filter(({ field }) => fields[field] === 'mine');
  const carriedOn = mine.length === 0 ? null : carryOnMine(deps, edit, mine, person.person);
  const choice = Object.fromEntries(conflicts.map(({ field }) => [field, fields[field] ?? ('theirs' as const)]));
  const at = deps.world.clock();
  await deps.editBook.decide(id, { at, fields: choice, ...(carriedOn ? { as: carriedOn.editId } : {}) }, carriedOn);
  showEdited(deps, [edit]);
  if (carriedOn) deps.onEdit();
  return ok(carriedOn?.editId ?? null);
}

/** A person has seen a refusal: it is kept, and listed as open no more. */
export async function dismissEdit(
  deps: SettleConflictDeps,
  id: EditId,
): Promise<Result<null, 'not-active' | 'not-refused'>> {
  if (!deps.active.get()) return fail('not-active');
  if (findOpen(deps, id, 'refused') === undefined) return fail('not-refused');
  await deps.editBook.decide(id, { at: deps.world.clock(), fields: {} }, null);
  return ok(null);
}

function findOpen({ editBook }: SettleConflictDeps, id: EditId, verdict: 'conflict' | 'refused'): OwnEdit | undefined {
  return editBook.edits
    .get()
    .find((edit) => edit.editId === id && edit.verdict?.verdict === verdict && edit.decided === undefined);
}

/** The document that the verdict speaks of may not have come here yet. */
function laterRevision(left: Revision | undefined, right: Revision | undefined): Revision | null {
  if (left === undefined || right === undefined) return left ?? right ?? null;
  return (right.epoch - left.epoch || right.n - left.n) > 0 ? right : left;
}

function carryOnMine(
  { world, catalogue, company }: SettleConflictDeps,
  { collection, docId, verdict }: OwnEdit,
  mine: NonNullable<NonNullable<OwnEdit['verdict']>['conflicts']>,
  person: Edit['person'],
): Edit {
  return editShape.parse({
    editId: newEditId(world.random),
    collection,
    docId,
    baseRevision: laterRevision(
      (collection === 'company' ? company.serverDoc(docId) : catalogue.serverProduct(docId as never))?.rev,
      verdict?.rev,
    ),
    base: Object.fromEntries(mine.flatMap(({ field, theirs }) => (theirs === undefined ? [] : [[field, theirs]]))),
    patch: Object.fromEntries(mine.map((conflict) => [conflict.field, conflict.mine])),
    person,
    at: world.clock(),
  });
}
