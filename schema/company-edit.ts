import { holdsCardNumber } from './card-number.ts';
import {
  branchDocShape,
  type CompanyDoc,
  companyDocShape,
  customerDocShape,
  promotionDocShape,
  settingsDocShape,
  taxDocShape,
} from './company.ts';
import type { Edit } from './edit.ts';
import { COMPANY_SCOPE, type Scope } from './ids.ts';
import { findPromotionFieldFault } from './promotion-form.ts';
import { readStaticQris } from './qris.ts';
import { fail, ok, type Result } from './result.ts';
import type { Revision } from './revision.ts';

/**
 * Which documents of the company people change by edits, and which of their fields. People, PINs and devices have ways of their own:
 * those are proven by a PIN, or by a code.
 */
export const EDITED_KINDS = ['settings', 'branch', 'tax', 'customer', 'promotion'] as const;
export type EditedKind = (typeof EDITED_KINDS)[number];

/** What is the document's own and never changes. */
const FIXED = new Set(['id', 'scope', 'rev', 'kind', 'branch', 'customer', 'promotion']);

const FIELDS: Readonly<Record<EditedKind, readonly string[]>> = {
  settings: fieldsOf(settingsDocShape),
  branch: fieldsOf(branchDocShape),
  tax: fieldsOf(taxDocShape),
  customer: fieldsOf(customerDocShape),
  promotion: fieldsOf(promotionDocShape),
};

/** One document as its id says it: its kind, what of it never changes, and whether an edit may make it. */
export interface CompanyTarget {
  readonly kind: EditedKind;
  readonly fields: readonly string[];
  readonly fixed: { readonly id: string; readonly scope: Scope; readonly kind: EditedKind };
  readonly mayBeMade: boolean;
}

/** Null for an id of which edits change nothing. */
export function companyTarget(docId: string): CompanyTarget | null {
  const [kindText = '', name] = docId.split(':');
  const kind = EDITED_KINDS.find((one) => one === kindText);
  if (kind === undefined || (kind === 'settings') !== (name === undefined)) return null;
  const mayBeMade = kind === 'customer' || kind === 'promotion' || kind === 'tax';
  const named = kind === 'customer' || kind === 'promotion' ? { [kind]: name } : {};
  return { kind, fields: FIELDS[kind], fixed: { id: docId, scope: COMPANY_SCOPE, kind, ...named }, mayBeMade };
}

/**
 * A company document with the fields of an edit written into it: null takes an optional field away. Fails with the name of what is
 * wrong: a field, or what a document of this kind may not say.
 */
export function patchCompanyDoc(
  target: CompanyTarget,
  current: CompanyDoc | undefined,
  patch: Edit['patch'],
  rev: Revision,
): Result<CompanyDoc, string> {
  const written = Object.entries({ ...(current ?? target.fixed), ...patch, rev }).filter(([, value]) => value !== null);
  const doc = companyDocShape.safeParse(Object.fromEntries(written));
  if (!doc.success) return fail(`invalid: ${doc.error.issues[0]?.path.join('.') ?? ''}`);
  const fault = findCompanyFault(doc.data);
  // What a later version keeps in the document stays in it.
  return fault === null ? ok({ ...Object.fromEntries(written), ...doc.data } as CompanyDoc) : fail(fault);
}

/** What a document says that its shape alone does not forbid; null for nothing. */
export function findCompanyFault(doc: CompanyDoc): string | null {
  if (doc.kind === 'customer') return holdsCardNumber(`${doc.name} ${doc.phone ?? ''}`) ? 'card-number: name' : null;
  if (doc.kind === 'branch') return doc.qris === undefined || readStaticQris(doc.qris).ok ? null : 'invalid: qris';
  if (doc.kind === 'tax') return doc.id === `tax:${doc.tax.id}` ? null : 'invalid: tax.id';
  if (doc.kind === 'promotion') return prefixed(findPromotionFieldFault(doc));
  if (doc.kind !== 'settings') return null;
  const prefixes = (doc.scaleBarcodes ?? []).map(({ prefix }) => prefix);
  return new Set(prefixes).size === prefixes.length ? null : 'invalid: scaleBarcodes';
}

function prefixed(field: string | null): string | null {
  return field === null ? null : `invalid: ${field}`;
}

function fieldsOf({ shape }: { readonly shape: object }): readonly string[] {
  return Object.keys(shape).filter((name) => !FIXED.has(name));
}
