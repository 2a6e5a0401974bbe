import type { CompanyDoc } from '../../schema/company.ts';
import { nextRevision } from '../../schema/revision.ts';
import type { ReadTx, WriteTx } from '../store/store.ts';

type WithoutRev<Doc> = Doc extends unknown ? Omit<Doc, 'rev'> : never;
/** A company document before the server gives it its revision. */
export type CompanyDraft = WithoutRev<CompanyDoc>;

/** Writes a company document under its next revision (I8). Writes nothing when it says what is there already. */
export async function putCompanyDoc(tx: WriteTx, epoch: number, draft: CompanyDraft): Promise<void> {
  const stored = await tx.document('company', draft.id);
  const current = stored ? (JSON.parse(stored.json) as CompanyDoc) : null;
  const json = JSON.stringify({ ...draft, rev: nextRevision(current?.rev ?? null, epoch) });
  if (current && JSON.stringify({ ...draft, rev: current.rev }) === stored?.json) return;
  await tx.putDocument('company', { id: draft.id, scope: draft.scope, json });
}

/** Reads a company document that may not be there. */
export async function readCompanyDoc<Kind extends CompanyDoc['kind']>(
  tx: Pick<ReadTx, 'document'>,
  kind: Kind,
  id: string,
): Promise<Extract<CompanyDoc, { kind: Kind }> | undefined> {
  const stored = await tx.document('company', id);
  if (!stored) return undefined;
  const doc = JSON.parse(stored.json) as CompanyDoc;
  return doc.kind === kind ? (doc as Extract<CompanyDoc, { kind: Kind }>) : undefined;
}
