import { type PersonDoc, type PinDoc, pinDocId } from '../../schema/company.ts';
import { type BranchId, branchScope, type PersonId } from '../../schema/ids.ts';
import { type PinsAnswer, type PinVerifier, pinVerifierShape } from '../../schema/protocol/pins.ts';
import type { ReadTx, WriteTx } from '../store/store.ts';
import { putCompanyDoc, readCompanyDoc } from './company-writer.ts';
import type { Core } from './core.ts';

/** Bytes of a new mark. */
const MARK_BYTES = 9;
/** People of one shop, those who left included. */
const PEOPLE_MAX = 5_000;

/** A verifier lies beside the documents, not among them: what devices pull must not hold it. */
const keyOf = (branch: BranchId, person: PersonId) => `pin:${branch}:${person}`;

/** What a person's PIN in a branch is compared by; undefined where they have none. */
export async function readVerifier(
  tx: Pick<ReadTx, 'meta'>,
  branch: BranchId,
  person: PersonId,
): Promise<PinVerifier | undefined> {
  const text = await tx.meta(keyOf(branch, person));
  return text ? pinVerifierShape.parse(JSON.parse(text)) : undefined;
}

/** The verifiers of everybody who works in the branch. */
export function readPins({ store }: Core, branch: BranchId): Promise<PinsAnswer> {
  return store.read(async (tx) => {
    const pins: PinsAnswer['pins'] = [];
    for (const { person } of await readPeople(tx)) {
      const verifier = await readVerifier(tx, branch, person);
      const doc: PinDoc | undefined = await readCompanyDoc(tx, 'pin', pinDocId(branch, person));
      if (verifier && doc?.mark) pins.push({ ...verifier, person, mark: doc.mark });
    }
    return { pins };
  });
}

/** Everybody who works in the company. */
export async function readPeople(tx: Pick<ReadTx, 'documentsNamed'>): Promise<readonly PersonDoc[]> {
  const documents = await tx.documentsNamed('company', 'person:', PEOPLE_MAX);
  return documents.map(({ json }) => JSON.parse(json) as PersonDoc).filter(({ active }) => active);
}

export interface PinChange {
  readonly branch: BranchId;
  readonly person: PersonId;
  readonly by: PersonId;
}

/** Keeps a person's new verifier; the document that devices pull carries its new mark, which is given. */
export async function keepPin(core: Core, tx: WriteTx, change: PinChange, pin: PinVerifier): Promise<string> {
  const mark = Buffer.from(core.deps.randomBytes(MARK_BYTES)).toString('base64url');
  await tx.setMeta(keyOf(change.branch, change.person), JSON.stringify(pin));
  await putMark(core, tx, change, mark);
  return mark;
}

/** Forgets a person's PIN in a branch, where they have one. */
export async function dropPin(core: Core, tx: WriteTx, change: PinChange): Promise<void> {
  if (!(await readVerifier(tx, change.branch, change.person))) return;
  await tx.setMeta(keyOf(change.branch, change.person), '');
  await putMark(core, tx, change, '');
}

function putMark(core: Core, tx: WriteTx, { branch, person, by }: PinChange, mark: string): Promise<void> {
  const doc = { id: pinDocId(branch, person), scope: branchScope(branch), kind: 'pin' as const };
  return putCompanyDoc(tx, core.epoch.n, { ...doc, person, mark, setBy: by, setAt: core.deps.now() });
}
