import { createHash, timingSafeEqual } from 'node:crypto';
import type { PersonDoc } from '../../schema/company.ts';
import { type BranchId, branchScope, COMPANY_SCOPE, type PersonId } from '../../schema/ids.ts';
import type { ErrorCode } from '../../schema/protocol/error.ts';
import type { PutPerson, SetPin } from '../../schema/protocol/pins.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import { mayPerson } from '../../schema/roles.ts';
import type { StoredDevice, WriteTx } from '../store/store.ts';
import { putCompanyDoc, readCompanyDoc } from './company-writer.ts';
import type { Core } from './core.ts';
import { dropPin, keepPin, readPeople, readVerifier } from './pins.ts';
import { recordChange } from './record-change.ts';

/** `pin-wrong`: the proof is none of this person's PIN. */
export type PeopleFault = Extract<ErrorCode, 'not-allowed' | 'not-found' | 'pin-wrong'>;

/** Sets a person's PIN in the branch of the device that asks: by that person, or by somebody who may. Gives its mark. */
export function setPin(
  core: Core,
  device: StoredDevice,
  person: PersonId,
  { by, proof, pin }: SetPin,
): Promise<Result<{ readonly mark: string }, PeopleFault>> {
  const { branch } = device;
  return core.store.write([COMPANY_SCOPE, branchScope(branch)], async (tx) => {
    const asker = await findAsker(tx, branch, by, proof);
    if (!asker.ok) return asker;
    if (!(await readPerson(tx, person))?.active) return fail('not-found');
    if (by !== person && !(await mayChange(tx, asker.value))) return fail('not-allowed');
    const mark = await keepPin(core, tx, { branch, person, by }, pin);
    await recordChange(core, tx, device, { docId: `person:${person}`, person: by, base: {}, patch: { pin: 'set' } });
    return ok({ mark });
  });
}

/** Makes a person, changes one, or takes one away with their PIN: for those who may, and never about oneself. */
export function putPerson(
  core: Core,
  device: StoredDevice,
  person: PersonId,
  { by, proof, name, role, active }: PutPerson,
): Promise<Result<Record<string, never>, PeopleFault>> {
  const { branch } = device;
  return core.store.write([COMPANY_SCOPE, branchScope(branch)], async (tx) => {
    const asker = await findAsker(tx, branch, by, proof);
    if (!asker.ok) return asker;
    if (by === person || !(await mayChange(tx, asker.value))) return fail('not-allowed');
    const id = `person:${person}`;
    const { name: formerName, role: formerRole, active: wasActive } = (await readPerson(tx, person)) ?? {};
    const base = { name: formerName ?? null, role: formerRole ?? null, active: wasActive ?? null };
    await recordChange(core, tx, device, { docId: id, person: by, base, patch: { name, role, active } });
    await putCompanyDoc(tx, core.epoch.n, { id, scope: COMPANY_SCOPE, kind: 'person', person, name, role, active });
    if (!active) await dropPin(core, tx, { branch, person, by });
    return ok({});
  });
}

/** Who asks, proven by their PIN, where they may change people. */
export async function findManager(
  tx: WriteTx,
  branch: BranchId,
  by: PersonId,
  proof: string,
): Promise<Result<PersonDoc, PeopleFault>> {
  const asker = await findAsker(tx, branch, by, proof);
  return asker.ok && !(await mayChange(tx, asker.value)) ? fail('not-allowed') : asker;
}

/**
 * Who asks, proven by their PIN; by nothing where they have none in this branch, as in a fresh shop. But where somebody who may change people
 * has one, nobody passes for another who may by their name alone: that one's first PIN is set for them.
 */
async function findAsker(
  tx: WriteTx,
  branch: BranchId,
  by: PersonId,
  proof: string,
): Promise<Result<PersonDoc, PeopleFault>> {
  const asker = await readPerson(tx, by);
  if (!asker?.active) return fail('not-allowed');
  const verifier = await readVerifier(tx, branch, by);
  if (verifier) return isProof(proof, verifier.verifier) ? ok(asker) : fail('pin-wrong');
  return (await mayChange(tx, asker)) && (await isGuarded(tx, branch)) ? fail('not-allowed') : ok(asker);
}

/** True where somebody who may change people has a PIN. */
async function isGuarded(tx: WriteTx, branch: BranchId): Promise<boolean> {
  for (const person of await readPeople(tx)) {
    if ((await readVerifier(tx, branch, person.person)) && (await mayChange(tx, person))) return true;
  }
  return false;
}

function isProof(proof: string, verifier: string): boolean {
  const digest = createHash('sha256').update(proof).digest();
  return timingSafeEqual(digest, Buffer.from(verifier, 'base64url'));
}

function readPerson(tx: WriteTx, person: PersonId): Promise<PersonDoc | undefined> {
  return readCompanyDoc(tx, 'person', `person:${person}`);
}

async function mayChange(tx: WriteTx, { role }: PersonDoc): Promise<boolean> {
  return mayPerson(role, 'people', await readCompanyDoc(tx, 'settings', 'settings'));
}
