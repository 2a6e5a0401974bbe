import {
  INTEGRATIONS_MAX,
  type Integration,
  type IntegrationId,
  integrationShape,
  type NewIntegration,
  type NewIntegrationAnswer,
  type Proven,
} from '../../schema/api/integration.ts';
import { type BranchId, base32FromBytes, branchScope, COMPANY_SCOPE } from '../../schema/ids.ts';
import type { ErrorCode } from '../../schema/protocol/error.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import type { ReadTx, StoredDevice, StoredRecord, WriteTx } from '../store/store.ts';
import { findManager, type PeopleFault } from './change-people.ts';
import type { Core } from './core.ts';
import { hashCredential, makeCredential } from './credential.ts';
import { type Change, recordChange } from './record-change.ts';

const ID_LENGTH = 12;
/** So that whoever finds one somewhere knows what it opens. */
const TOKEN_PREFIX = 'laci_';
/** The last use is noted at most so often, in milliseconds. */
const USE_NOTED_MS = 60_000;

export type IntegrationFault = PeopleFault | Extract<ErrorCode, 'till-taken' | 'too-many'>;

/** Makes an integration of the branch of the device that asks, for somebody who may change people. Its token is told here alone. */
export function createIntegration(
  core: Core,
  device: StoredDevice,
  { by, proof, name, rights, till }: NewIntegration,
): Promise<Result<NewIntegrationAnswer, IntegrationFault>> {
  const { branch } = device;
  const token = TOKEN_PREFIX + makeCredential(core);
  const id = base32FromBytes(core.deps.randomBytes(ID_LENGTH)) as IntegrationId;
  const createdAt = core.deps.now();
  return core.store.write([COMPANY_SCOPE, branchScope(branch)], async (tx) => {
    const asker = await findManager(tx, branch, by, proof);
    if (!asker.ok) return asker;
    if ((await readIntegrations(tx, branch)).length >= INTEGRATIONS_MAX) return fail('too-many');
    if (await isUsed(tx, branch, till)) return fail('till-taken');
    const made = { id, name, branch, rights: [...rights], till, createdBy: by, createdAt };
    const integration: Integration = { ...made, lastUsedAt: null, revokedAt: null };
    await putIntegration(tx, hashCredential(token), integration);
    await note(core, tx, device, { integration, person: by, patch: { name, rights: [...rights] } });
    return ok({ integration, token });
  });
}

/** Takes a token's right away, for good. What it handed in stays. */
export function revokeIntegration(
  core: Core,
  device: StoredDevice,
  id: IntegrationId,
  { by, proof }: Proven,
): Promise<Result<Record<string, never>, PeopleFault>> {
  const { branch } = device;
  return core.store.write([COMPANY_SCOPE, branchScope(branch)], async (tx) => {
    const asker = await findManager(tx, branch, by, proof);
    if (!asker.ok) return asker;
    const record = (await recordsOf(tx, branch)).find((one) => readRecord(one).id === id);
    if (!record) return fail('not-found');
    const integration = readRecord(record);
    if (integration.revokedAt === null) {
      await putIntegration(tx, record.id, { ...integration, revokedAt: core.deps.now() });
      await note(core, tx, device, { integration, person: by, patch: { active: false } });
    }
    return ok({});
  });
}

/** For the audit: under the till code, which is the integration's alone. */
function note(
  core: Core,
  tx: WriteTx,
  device: StoredDevice,
  { integration, ...change }: Pick<Change, 'person' | 'patch'> & { readonly integration: Integration },
): Promise<void> {
  return recordChange(core, tx, device, { ...change, docId: `integration:${integration.till}`, base: {} });
}

/** The integrations of a branch, oldest first. */
export async function readIntegrations(tx: Pick<ReadTx, 'records'>, branch: BranchId): Promise<readonly Integration[]> {
  return (await recordsOf(tx, branch)).map(readRecord);
}

/** The integration that a token opens. */
export async function findIntegration(core: Core, token: string): Promise<Integration | undefined> {
  const record = await core.store.read((tx) => tx.record('integration', hashCredential(token)));
  return record && readRecord(record);
}

/** Notes that a token was used just now. */
export async function noteUse(core: Core, token: string, integration: Integration): Promise<void> {
  const now = core.deps.now();
  if (integration.lastUsedAt !== null && Math.abs(now - integration.lastUsedAt) < USE_NOTED_MS) return;
  const hash = hashCredential(token);
  await core.store.write([], async (tx) => {
    const record = await tx.record('integration', hash);
    if (record) await putIntegration(tx, hash, { ...readRecord(record), lastUsedAt: now });
  });
}

/** True where a till code is an integration's: no device is enrolled under it. */
export async function isIntegrationTill(
  tx: Pick<ReadTx, 'records'>,
  { branch, till }: Pick<Integration, 'branch' | 'till'>,
): Promise<boolean> {
  return (await readIntegrations(tx, branch)).some((one) => one.till === till);
}

async function isUsed(tx: WriteTx, branch: BranchId, till: Integration['till']): Promise<boolean> {
  if (till === 'SERVER' || (await isIntegrationTill(tx, { branch, till }))) return true;
  return (await tx.devicesOfTill(branch, till)).length > 0;
}

/** All branches' tokens are few: one page holds them. */
async function recordsOf(tx: Pick<ReadTx, 'records'>, branch: BranchId): Promise<readonly StoredRecord[]> {
  const records = await tx.records('integration', { limit: ALL_BRANCHES_MAX });
  return records.filter((record) => readRecord(record).branch === branch);
}

const ALL_BRANCHES_MAX = 100 * INTEGRATIONS_MAX;

function readRecord({ json }: StoredRecord): Integration {
  return integrationShape.parse(JSON.parse(json));
}

function putIntegration(tx: WriteTx, hash: string, integration: Integration): Promise<void> {
  return tx.putRecord({
    kind: 'integration',
    id: hash,
    at: integration.createdAt,
    json: JSON.stringify(integration),
  });
}
