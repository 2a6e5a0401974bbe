import { branchScope, deviceIdFromBytes } from '../../schema/ids.ts';
import { ENROL_TRIES_MAX } from '../../schema/limits.ts';
import type { EnrolAnswer, EnrolRequest, PublicKey } from '../../schema/protocol/enrol.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import { thumbprintOf } from '../keys/thumbprint.ts';
import type { StoredCode, StoredDevice, WriteTx } from '../store/store.ts';
import type { Core } from './core.ts';
import { hashCredential, makeCredential } from './credential.ts';
import { recordEnrolment } from './device-record.ts';
import { hashCode, isTillTaken } from './enrol-code.ts';
import { epochOf } from './epoch.ts';
import { noteReport } from './share-reports.ts';

/** Random bytes from which a device id is made. */
const DEVICE_ID_BYTES = 16;

export type EnrolFault = 'code-wrong' | 'code-used' | 'code-expired' | 'till-taken';

/**
 * Makes a new device of whoever brings a good code: a random id with one writer for ever, the next generation of its till code, a
 * certificate over its public key, and a credential of which only the hash stays here. The code is used up in the same
 * transaction.
 */
export async function enrolDevice(core: Core, request: EnrolRequest): Promise<Result<EnrolAnswer, EnrolFault>> {
  const hash = hashCode(core, request.code);
  const known = await core.store.read((tx) => tx.code(hash));
  if (!known) return fail('code-wrong');
  return core.store.write([branchScope(known.branch)], async (tx) => {
    const code = (await tx.code(hash)) ?? known;
    const fault = await codeFault(core, tx, code);
    if (fault) {
      await tx.countTry(hash);
      return fail(fault);
    }
    return ok(await admit(core, tx, code, request.publicKey));
  });
}

async function codeFault(core: Core, tx: WriteTx, code: StoredCode): Promise<EnrolFault | null> {
  if (code.usedBy !== null) return 'code-used';
  if (code.expiresAt <= core.deps.now() || code.tries >= ENROL_TRIES_MAX) return 'code-expired';
  return (await isTillTaken(tx, code)) ? 'till-taken' : null;
}

async function admit(core: Core, tx: WriteTx, code: StoredCode, publicKey: PublicKey): Promise<EnrolAnswer> {
  const at = core.deps.now();
  const { branch, role, till } = code;
  const deviceId = deviceIdFromBytes(core.deps.randomBytes(DEVICE_ID_BYTES));
  const generation = await nextGeneration(core, tx, code);
  // In the ledger before anything else: a generation may be skipped, never given twice.
  core.ledger.append({ kind: 'device', branch, till, generation, deviceId, at, thumbprint: thumbprintOf(publicKey) });
  const device = { deviceId, branch, role, till, generation };
  const certificate = await core.shopKey.certify(device, publicKey, at);
  const credential = makeCredential(core);
  const key = { publicKey: JSON.stringify(publicKey), certificate, credentialHash: hashCredential(credential) };
  const stored: StoredDevice = { ...device, ...key, enrolledAt: at, forkOf: null };
  await tx.addDevice(stored);
  await tx.spendCode(code.hash, deviceId);
  await recordEnrolment(tx, stored);
  const epoch = await epochOf(tx);
  // It wrote nothing in any history, and nobody waits for what it holds of a lost one.
  await noteReport({ tx, branch, epoch }, deviceId, 0);
  return { device, certificate, shopKey: core.shopKey.publicKey, credential, epoch, serverTime: at };
}

/** The generation that the next device of a till code gets: never one that was given before, also before a restore. */
export async function nextGeneration(
  core: Core,
  tx: WriteTx,
  { branch, till }: Pick<StoredCode, 'branch' | 'till'>,
): Promise<number> {
  const stored = (await tx.devicesOfTill(branch, till)).map((device) => device.generation);
  return Math.max(core.ledger.lastGeneration(branch, till), ...stored) + 1;
}
