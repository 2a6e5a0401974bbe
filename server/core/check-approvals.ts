import { approvalNeeds } from '../../schema/approval.ts';
import type { PersonDoc, SettingsDoc } from '../../schema/company.ts';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import { type EntryId, type PersonId, type Scope, splitEntryId } from '../../schema/ids.ts';
import { mayPerson, type PersonAction, type PersonRole, type RoleSettings } from '../../schema/roles.ts';
import type { ReadTx } from '../store/store.ts';
import { readCompanyDoc } from './company-writer.ts';

type Reader = Pick<ReadTx, 'document' | 'entry'>;
type Approval = Extract<DeviceEntry, { kind: 'approval' }>;

/** Under no settings does anything need more approvals. */
const STRICTEST: RoleSettings = { discountMaxBasisPoints: 0 };

/**
 * True when an entry does what its person's role may not do alone, and names no approval of this branch by a person who may; and for an
 * approval itself when its approver may not give it. People and settings are judged as they are now: nothing else is known here.
 */
export async function lacksApproval(tx: Reader, scope: Scope, entry: DeviceEntry): Promise<boolean> {
  if (entry.kind !== 'approval' && approvalNeeds(entry, STRICTEST).length === 0) return false;
  const settings: RoleSettings = (await readSettings(tx)) ?? {};
  if (entry.kind === 'approval') return !(await mayApprove(tx, entry, settings));
  const role = await roleOf(tx, entry.person);
  for (const { action, approvals } of approvalNeeds(entry, settings)) {
    if (mayPerson(role, action, settings)) continue;
    if (!(await isApproved(tx, { scope, entry, action, approvals, settings }))) return true;
  }
  return false;
}

interface Question {
  readonly scope: Scope;
  readonly entry: DeviceEntry;
  readonly action: PersonAction;
  readonly approvals: readonly EntryId[];
  readonly settings: RoleSettings;
}

async function isApproved(tx: Reader, question: Question): Promise<boolean> {
  for (const id of question.approvals) {
    const approval = await readApproval(tx, question.scope, id);
    if (approval && isAbout(approval, question) && (await mayApprove(tx, approval, question.settings))) return true;
  }
  return false;
}

/** Given for this action, for this cart where it names one, and before the entry where the same device wrote both. */
function isAbout({ id, body, seq }: Approval, { entry, action }: Question): boolean {
  const cart = 'cartId' in entry.body ? entry.body.cartId : undefined;
  if (!covers(body.action, action) || (body.cart !== undefined && cart !== undefined && body.cart !== cart))
    return false;
  return splitEntryId(id).deviceId !== entry.deviceId || seq < entry.seq;
}

/** Leave for credit above the limit is leave for the credit. */
function covers(given: string, action: PersonAction): boolean {
  return given === action || (given === 'credit-limit' && action === 'credit-sale');
}

async function mayApprove(tx: Reader, { body, person }: Approval, settings: RoleSettings): Promise<boolean> {
  if (body.by === 'self' && body.approver !== person) return false;
  return mayPerson(await roleOf(tx, body.approver), body.action as PersonAction, settings);
}

async function readApproval(tx: Reader, scope: Scope, id: EntryId): Promise<Approval | undefined> {
  const stored = await tx.entry(id);
  if (stored?.kind !== 'approval' || stored.verdict !== 'accepted' || stored.scope !== scope) return undefined;
  return JSON.parse(stored.json) as Approval;
}

/** Nobody who left, and nobody unknown, has a role. */
async function roleOf(tx: Reader, person: PersonId): Promise<PersonRole | undefined> {
  const doc: PersonDoc | undefined = await readCompanyDoc(tx, 'person', `person:${person}`);
  return doc?.active ? doc.role : undefined;
}

function readSettings(tx: Reader): Promise<SettingsDoc | undefined> {
  return readCompanyDoc(tx, 'settings', 'settings');
}
