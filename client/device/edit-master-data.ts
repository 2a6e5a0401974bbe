import { companyTarget, patchCompanyDoc } from '../../schema/company-edit.ts';
import { type Edit, editShape } from '../../schema/edit.ts';
import { base32FromBytes, type EditId, type ProductId } from '../../schema/ids.ts';
import { productFieldsShape } from '../../schema/product.ts';
import { auditPageShape } from '../../schema/protocol/audit.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import { mayDevice, mayPerson } from '../../schema/roles.ts';
import type { EditFault, MasterData, ProductChange } from './master-data.ts';
import type { OfficeDeps } from './office.ts';
import { newEditId } from './settle-conflict.ts';
import { showEdited } from './stores.ts';

export type MasterDataDeps = Pick<
  OfficeDeps,
  'world' | 'identity' | 'catalogue' | 'company' | 'editBook' | 'http' | 'active' | 'onEdit'
>;

/** Characters of the id of something new: 80 random bits, as of a device. */
const ID_LENGTH = 16;

/** The first revision's place while the server has not given one: a sale of something just made names it. */
const FIRST_REVISION = { epoch: 1, n: 1 };

export function createMasterData(deps: MasterDataDeps): MasterData {
  const editProducts = async (changes: readonly ProductChange[]) => {
    const person = findEditor(deps);
    if (!person.ok) return person;
    const edits: Edit[] = [];
    for (const change of changes) {
      const edit = productEdit(deps, person.value, change);
      if (edit === null) return fail('bad-field' as const);
      edits.push(edit);
    }
    return write(deps, edits);
  };
  return {
    newId: () => base32FromBytes(deps.world.random.bytes(ID_LENGTH)),
    editProducts,
    makeProduct: async (id, fields) =>
      firstOf(await editProducts([{ id, patch: fields as Edit['patch'], make: true }])),
    editCompany: async (docId, patch) => {
      const person = findEditor(deps);
      if (!person.ok) return person;
      const edit = companyEdit(deps, person.value, docId, patch);
      return edit === null ? fail('bad-field') : firstOf(await write(deps, [edit]));
    },
    auditNow: async (before) => {
      const asked = before === null ? '' : `?before=${encodeURIComponent(before)}`;
      const answer = await deps.http.request('GET', `/api/v1/audit${asked}`, undefined, auditPageShape);
      if (answer.ok) return ok(answer.value);
      return fail(answer.error.kind === 'refused' ? 'refused' : 'offline');
    },
  };
}

/** Who edits: the server asks the same (ROLE8). */
function findEditor({ active, company, identity }: MasterDataDeps): Result<Edit['person'], EditFault> {
  const person = company.person.get();
  if (!active.get()) return fail('not-active');
  if (person === undefined) return fail('no-person');
  const may = mayDevice(identity.role, 'push', 'edits') && mayPerson(person.role, 'edit', company.settings.get());
  return may ? ok(person.person) : fail('not-allowed');
}

/** On disk whole or, where the disk fails on the way, as far as it came: what is there shows, and goes to the server. */
async function write(deps: MasterDataDeps, edits: readonly Edit[]): Promise<Result<readonly EditId[], EditFault>> {
  try {
    await deps.editBook.add(...edits);
  } catch {
    return fail('not-written');
  } finally {
    showEdited(deps, edits);
    deps.onEdit();
  }
  return ok(edits.map(({ editId }) => editId));
}

function productEdit(deps: MasterDataDeps, person: Edit['person'], { id, patch, make }: ProductChange): Edit | null {
  const seen = deps.catalogue.edited(id);
  const fields = make ? productFieldsShape.strict() : productFieldsShape.partial().strict();
  if ((seen === undefined) !== (make ?? false) || !fields.safeParse(patch).success) return null;
  const baseRevision = deps.catalogue.serverProduct(id as ProductId)?.rev ?? null;
  return madeEdit(deps, { collection: 'products', docId: id, person, baseRevision, seen, patch });
}

function companyEdit(deps: MasterDataDeps, person: Edit['person'], docId: string, patch: Edit['patch']): Edit | null {
  const seen = deps.company.doc(docId);
  const target = companyTarget(docId);
  if (target === null || (seen === undefined && !target.mayBeMade)) return null;
  if (Object.keys(patch).some((field) => !target.fields.includes(field))) return null;
  if (!patchCompanyDoc(target, seen, patch, seen?.rev ?? FIRST_REVISION).ok) return null;
  const baseRevision = deps.company.serverDoc(docId)?.rev ?? null;
  return madeEdit(deps, { collection: 'company', docId, person, baseRevision, seen, patch });
}

interface Wish extends Pick<Edit, 'collection' | 'docId' | 'person' | 'baseRevision' | 'patch'> {
  readonly seen: object | undefined;
}

function madeEdit({ world }: MasterDataDeps, { seen, ...wish }: Wish): Edit | null {
  // A field that the document does not have yet has no former value.
  const base = Object.fromEntries(
    Object.keys(wish.patch).flatMap((field) =>
      seen && field in seen ? [[field, seen[field as keyof typeof seen]]] : [],
    ),
  );
  return editShape.safeParse({ ...wish, base, editId: newEditId(world.random), at: world.clock() }).data ?? null;
}

function firstOf(done: Result<readonly EditId[], EditFault>): Result<EditId, EditFault> {
  return done.ok ? ok(done.value[0] as EditId) : done;
}
