import { type BranchId, branchScope, COMPANY_SCOPE } from '../../schema/ids.ts';
import { nameBranch, readBranch } from './branch-doc.ts';
import type { Core } from './core.ts';
import { coverRetired } from './cover-retired.ts';
import { changeDeviceDoc } from './device-record.ts';
import { foldRest } from './fold-rest.ts';
import { releaseReadable } from './release-readable.ts';

/**
 * What an earlier version left for this one: certificates in the documents of devices, so that others can hand in their entries
 * after a restore, the names of branches, entries that it could not read, and what the base holds of retired devices. Run at each start; once done, it changes nothing.
 */
export async function completeUpgrade(core: Core): Promise<void> {
  const scopes = await core.store.read((tx) => tx.scopes());
  const branches = scopes.filter((scope) => scope !== COMPANY_SCOPE).map((scope) => scope as string as BranchId);
  for (const branch of branches) {
    await core.store.write([COMPANY_SCOPE, branchScope(branch)], async (tx) => {
      const doc = await readBranch(tx, branch);
      if (doc) await nameBranch(tx, branch, doc.name);
      for (const { deviceId, certificate } of await tx.devicesOfBranch(branch)) {
        await changeDeviceDoc(tx, deviceId, { certificate });
      }
    });
    await foldRest(core, branch);
    await releaseReadable(core, branch);
    await coverRetired(core, branch);
  }
}
