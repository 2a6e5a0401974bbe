import { createHmac } from 'node:crypto';
import { type BranchId, base32FromBytes, branchScope, type TillCode } from '../../schema/ids.ts';
import { ENROL_CODE_LENGTH, ENROL_CODE_LIFE_MS } from '../../schema/limits.ts';
import { type EnrolCodeAnswer, normaliseEnrolCode } from '../../schema/protocol/enrol.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import type { DeviceRole } from '../../schema/roles.ts';
import type { ReadTx } from '../store/store.ts';
import type { Core } from './core.ts';
import { isIntegrationTill } from './integrations.ts';
import { isServerJournal } from './server-device.ts';

export interface CodeWish {
  readonly branch: BranchId;
  readonly role: DeviceRole;
  readonly till: TillCode;
}

/** Makes a one-time code for a device of a role and till code. It is shown once; the server keeps its keyed hash. */
export function createCode(core: Core, wish: CodeWish): Promise<Result<EnrolCodeAnswer, 'till-taken'>> {
  const code = base32FromBytes(core.deps.randomBytes(ENROL_CODE_LENGTH));
  const expiresAt = core.deps.now() + ENROL_CODE_LIFE_MS;
  return core.store.write([branchScope(wish.branch)], async (tx) => {
    if (await isTillTaken(tx, wish)) return fail('till-taken' as const);
    await tx.addCode({ ...wish, hash: hashCode(core, code), expiresAt, tries: 0, usedBy: null });
    return ok({ code: code as EnrolCodeAnswer['code'], role: wish.role, till: wish.till, expiresAt });
  });
}

/** A till code once used by one role never changes to another: receipts and explanations name it. */
export async function isTillTaken(tx: ReadTx, { branch, role, till }: CodeWish): Promise<boolean> {
  if (isServerJournal({ till }) || (await isIntegrationTill(tx, { branch, till }))) return true;
  return (await tx.devicesOfTill(branch, till)).some((device) => device.role !== role);
}

/** The keyed hash of a code as typed. */
export function hashCode(core: Core, typed: string): string {
  return createHmac('sha256', core.secret)
    .update(`enrol-code ${normaliseEnrolCode(typed)}`)
    .digest('base64url');
}
