import { branchScope } from '../../schema/ids.ts';
import type { ReadmitAnswer, ReadmitRequest } from '../../schema/protocol/enrol.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import { readmitSigningText } from '../../schema/signature.ts';
import type { Certified } from '../keys/shop-key.ts';
import type { StoredDevice, WriteTx } from '../store/store.ts';
import type { Core } from './core.ts';
import { hashCredential } from './credential.ts';
import { recordReadmission } from './device-record.ts';
import { epochOf } from './epoch.ts';

export type ReadmitFault = 'not-enrolled' | 'revoked';

/**
 * Lets a device in again that the database does not know any more, because it was restored to before the enrolment: the shop key
 * says who it is, its own key that it is the one who asks, and the ledger that nobody revoked it. It keeps its id and its
 * credential. Asked again, it says the same and changes nothing.
 */
export async function readmitDevice(core: Core, request: ReadmitRequest): Promise<Result<ReadmitAnswer, ReadmitFault>> {
  const certified = core.shopKey.readCertificate(request.certificate);
  if (!certified) return fail('not-enrolled');
  const { deviceId, branch } = certified.identity;
  const isAsking = core.deps.verify(
    certified.publicKey,
    readmitSigningText(deviceId, request.credential),
    request.signature,
  );
  if (!isAsking) return fail('not-enrolled');
  if (core.ledger.isRevoked(deviceId)) return fail('revoked');
  return core.store.write([branchScope(branch)], async (tx) => {
    if (!(await letIn(tx, certified, request))) return fail('not-enrolled' as const);
    return ok({ device: certified.identity, epoch: await epochOf(tx), serverTime: core.deps.now() });
  });
}

/** Stores the device with its credential. False where one of the two stands for something else already. */
async function letIn(tx: WriteTx, certified: Certified, request: ReadmitRequest): Promise<boolean> {
  const { identity, publicKey, at } = certified;
  const credentialHash = hashCredential(request.credential);
  const holder = await tx.deviceByCredential(credentialHash);
  if (holder) return holder.deviceId === identity.deviceId;
  const known = await tx.device(identity.deviceId);
  // A device has one credential for ever; only an author known by its certificate alone has none yet.
  if (known && known.credentialHash !== null) return false;
  const key = { publicKey: JSON.stringify(publicKey), certificate: request.certificate };
  const device: StoredDevice = known ?? { ...identity, ...key, credentialHash, enrolledAt: at, forkOf: null };
  if (known) await tx.setCredential(identity.deviceId, credentialHash);
  else await tx.addDevice(device);
  await recordReadmission(tx, device);
  return true;
}
