import { rmSync } from 'node:fs';
import { type BranchId, type TillCode, tillCodeShape } from '../schema/ids.ts';
import type { EnrolCodeAnswer } from '../schema/protocol/enrol.ts';
import type { DeviceRole } from '../schema/roles.ts';
import type { Core } from './core/core.ts';
import { createCode } from './core/enrol-code.ts';
import { replaceFile } from './keys/secret-file.ts';
import type { DemoPerson } from './seed/demo-people.ts';
import { BRANCH } from './seed/shop.ts';

/** A code for one of the first devices, with the link that fills it in. */
export interface BootstrapCode extends EnrolCodeAnswer {
  readonly link: string;
  readonly branch: BranchId;
}

/** Makes fresh codes for a manager's, the tills' and a developer's device of a branch. */
export async function createBootstrapCodes(
  core: Core,
  origin: string,
  tills: number,
  branch: BranchId = BRANCH,
): Promise<BootstrapCode[]> {
  const tillCodes = Array.from({ length: tills }, (_, index) => ['till', `K${index + 1}`] as const);
  const wishes: (readonly [DeviceRole, string])[] = [['manager', 'M1'], ...tillCodes, ['developer', 'D1']];
  const codes: BootstrapCode[] = [];
  for (const [role, name] of wishes) {
    const till = tillCodeShape.parse(name);
    const code = await createCode(core, { branch, role, till });
    // A manager may have given the name to another role; then there is nothing to offer.
    if (code.ok) codes.push({ ...code.value, branch, link: enrolLink(origin, till, code.value.code) });
  }
  return codes;
}

/** Opens the app as the device of a till code, with the code filled in. */
function enrolLink(origin: string, till: TillCode, code: string): string {
  return `${origin}/?till=${till}#/enrol/${code}`;
}

/** Takes away the codes of an earlier start: nobody shall read them for new ones. */
export function removeEnrolFile(path: string): void {
  rmSync(path, { force: true });
}

/** Writes the codes, and the PINs of the demo, for scripts; readable by the shop's own account only. */
export function writeEnrolFile(
  path: string,
  origin: string,
  codes: readonly BootstrapCode[],
  people: readonly DemoPerson[],
): void {
  replaceFile(path, `${JSON.stringify({ origin, codes, people }, null, 2)}\n`);
}

/** What a person reads at start. */
export function codesText(codes: readonly BootstrapCode[]): string {
  const lines = codes.map(
    ({ role, till, code, link, branch }) =>
      `  ${till.padEnd(4)}${role.padEnd(11)}${code}   ${link}${branch === BRANCH ? '' : `   (${branch})`}`,
  );
  return [
    'Enrol the first devices (each code is good once, for ten minutes; a new start gives new ones):',
    ...lines,
  ].join('\n');
}
