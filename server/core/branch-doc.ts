import { type BranchId, branchScope, COMPANY_SCOPE } from '../../schema/ids.ts';
import type { ReadTx, WriteTx } from '../store/store.ts';
import { putCompanyDoc, readCompanyDoc } from './company-writer.ts';
import { epochOf } from './epoch.ts';

/** The document of a branch, which its own devices read. */
export function branchDocId(branch: BranchId): string {
  return `branch:${branch}`;
}

/** Tells all branches what this one is called. Writes nothing where they know. */
export async function nameBranch(tx: WriteTx, branch: BranchId, name: string): Promise<void> {
  const doc = { id: `branch-name:${branch}`, scope: COMPANY_SCOPE, kind: 'branch-name' as const, branch, name };
  await putCompanyDoc(tx, (await epochOf(tx)).n, doc);
}

/** Makes a branch, with its name for all the others. False, and nothing written, where there is one of that id. */
export async function makeBranch(tx: WriteTx, branch: BranchId, name: string): Promise<boolean> {
  if (await readBranch(tx, branch)) return false;
  const doc = { id: branchDocId(branch), scope: branchScope(branch), kind: 'branch' as const, branch, name };
  await putCompanyDoc(tx, (await epochOf(tx)).n, doc);
  await nameBranch(tx, branch, name);
  return true;
}

export function readBranch(tx: ReadTx, branch: BranchId) {
  return readCompanyDoc(tx, 'branch', branchDocId(branch));
}
