import { type ApprovalNeed, approvalNeeds, covers, reaches } from '../../schema/approval.ts';
import type { PersonDoc, SettingsDoc } from '../../schema/company.ts';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import { type EntryId, type PersonId, type Scope, splitEntryId } from '../../schema/ids.ts';
import { mayPerson, type PersonAction, type PersonRole, type RoleSettings } from '../../schema/roles.ts';
import { unservedNeeds } from '../../schema/serve-needs.ts';
import type { ReadTx } from '../store/store.ts';
import { readCompanyDoc } from './company-writer.ts';
import type { JournalWork } from './journal-work.ts';

type Reader = Pick<ReadTx, 'document' | 'entry' | 'cartSold'>;
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
  const needs = approvalNeeds(entry, settings).filter(({ action }) => !mayPerson(role, action, settings));
  const given = await readGiven(tx, { scope, settings, needs });
  const serves = (id: EntryId, need: ApprovalNeed) => {
    const approval = given.get(id);
    return approval !== undefined && isAbout(approval, entry, need);
  };
  return unservedNeeds(needs, serves).length > 0;
}

/** Under which the entries that an approval served are noted beside the sold carts. No cart's id has a colon. */
function servedKey(approval: EntryId): string {
  return `approval:${approval}`;
}

/** Notes which approvals an entry named: one that names no cart serves no other. */
export async function noteApprovals(
  { tx, scope }: Pick<JournalWork, 'tx' | 'scope'>,
  id: EntryId,
  entry: DeviceEntry,
): Promise<void> {
  const named = new Set(approvalNeeds(entry, STRICTEST).flatMap(({ approvals }) => approvals));
  for (const approval of named) await tx.addSoldCart(scope, servedKey(approval), id);
}

interface Question {
  readonly scope: Scope;
  readonly settings: RoleSettings;
  readonly needs: readonly ApprovalNeed[];
}

/** The approvals named for these needs that count: of this branch, not spent, and given by a person who may. */
async function readGiven(tx: Reader, { scope, settings, needs }: Question): Promise<ReadonlyMap<EntryId, Approval>> {
  const given = new Map<EntryId, Approval>();
  for (const id of new Set(needs.flatMap(({ approvals }) => approvals))) {
    const approval = await readApproval(tx, scope, id);
    if (!approval || (await isSpent(tx, scope, approval))) continue;
    if (await mayApprove(tx, approval, settings)) given.set(id, approval);
  }
  return given;
}

/** One that names no cart served another entry. */
async function isSpent(tx: Reader, scope: Scope, { id, body }: Approval): Promise<boolean> {
  return body.cart === undefined && (await tx.cartSold(scope, servedKey(id)));
}

/** Given for this action and as far as this, for this cart where it names one, and before the entry where the same device wrote both. */
function isAbout({ id, body, seq }: Approval, entry: DeviceEntry, need: ApprovalNeed): boolean {
  const cart = 'cartId' in entry.body ? entry.body.cartId : undefined;
  if (
    !covers(body.action, need.action) ||
    !reaches(body, need) ||
    (body.cart !== undefined && cart !== undefined && body.cart !== cart)
  )
    return false;
  return splitEntryId(id).deviceId !== entry.deviceId || seq < entry.seq;
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
