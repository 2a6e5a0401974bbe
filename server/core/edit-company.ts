import type { CompanyDoc } from '../../schema/company.ts';
import { companyTarget, patchCompanyDoc } from '../../schema/company-edit.ts';
import { type Edit, mergeEdit } from '../../schema/edit.ts';
import { branchScope, COMPANY_SCOPE } from '../../schema/ids.ts';
import { nextRevision } from '../../schema/revision.ts';
import type { ReadTx, StoredDevice, WriteTx } from '../store/store.ts';
import { nameBranch } from './branch-doc.ts';
import { readableScopes } from './checkpoint.ts';
import { type EditAnswer, toAnswer } from './edit-answer.ts';
import { epochOf } from './epoch.ts';

const UNKNOWN: EditAnswer = { verdict: 'refused', reason: 'unknown-document' };

/**
 * Merges an edit into a document of the company by field, as into a product; a branch's document is changed by its own devices only.
 */
export async function applyCompanyEdit(tx: WriteTx, device: StoredDevice, edit: Edit): Promise<EditAnswer> {
  const target = companyTarget(edit.docId);
  if (target === null) return UNKNOWN;
  const stored = await tx.document('company', edit.docId);
  const current = stored && (JSON.parse(stored.json) as CompanyDoc);
  if (stored && !readableScopes(device).includes(stored.scope)) return UNKNOWN;
  if (!current && (edit.baseRevision !== null || !target.mayBeMade)) return UNKNOWN;
  const unknown = Object.keys(edit.patch).find((field) => !target.fields.includes(field));
  if (unknown !== undefined) return { verdict: 'refused', reason: `field: ${unknown}` };
  const outcome = mergeEdit(current, edit);
  const rev = nextRevision(current?.rev ?? null, (await epochOf(tx)).n);
  const next = patchCompanyDoc(target, current, outcome.fields, rev);
  if (!next.ok) return { verdict: 'refused', reason: next.error };
  if (await isCurrencyInUse(tx, device, current, next.value)) return { verdict: 'refused', reason: 'currency-in-use' };
  const answer = toAnswer(outcome);
  if (current && isSame(current, next.value)) return { ...answer, rev: current.rev };
  const { id, scope } = next.value;
  await tx.putDocument('company', { id, scope, json: JSON.stringify(next.value) });
  if (next.value.kind === 'branch') await nameBranch(tx, next.value.branch, next.value.name);
  return { ...answer, rev };
}

function isSame(left: CompanyDoc, right: CompanyDoc): boolean {
  const withoutRev = ({ rev: _rev, ...rest }: CompanyDoc) =>
    JSON.stringify(Object.entries(rest).sort(([one], [other]) => (one < other ? -1 : 1)));
  return withoutRev(left) === withoutRev(right);
}

/** Rows looked at in one step. */
const PAGE_LENGTH = 500;

/** Amounts are integers of the currency: once something was sold, the same numbers in another one would be other money. */
async function isCurrencyInUse(
  tx: ReadTx,
  { branch }: StoredDevice,
  current: CompanyDoc | undefined,
  next: CompanyDoc,
): Promise<boolean> {
  if (current?.kind !== 'settings' || next.kind !== 'settings') return false;
  if (JSON.stringify(current.currency) === JSON.stringify(next.currency)) return false;
  for (const scope of [...(await tx.scopes()), branchScope(branch)]) {
    if (scope !== COMPANY_SCOPE && (await hasSale(tx, scope))) return true;
  }
  return false;
}

/** The last page is empty; before the first sale a shop has few entries. */
async function hasSale(tx: ReadTx, scope: ReturnType<typeof branchScope>): Promise<boolean> {
  for (let after = 0; ; ) {
    const page = await tx.changesAfter({ scope, after, limit: PAGE_LENGTH });
    if (page.some((change) => change.kind === 'entry' && change.entry.kind === 'sale')) return true;
    const last = page.at(-1)?.seq;
    if (last === undefined) return false;
    after = last;
  }
}
