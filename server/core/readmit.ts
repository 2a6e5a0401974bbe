import { branchScope } from '../../schema/ids.ts';
import type { DeviceIdentity, ReadmitAnswer, ReadmitRequest } from '../../schema/protocol/enrol.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import { readmitSigningText } from '../../schema/signature.ts';
import type { Certified } from '../keys/shop-key.ts';
import type { ReadTx, StoredDevice, WriteTx } from '../store/store.ts';
import type { Core } from './core.ts';
import { hashCredential } from './credential.ts';
import { recordReadmission } from './device-record.ts';
import { epochOf } from './epoch.ts';
import { lackingOf } from './lacking.ts';
import { toldHead } from './told-head.ts';

/**
 * Lets a device in again that the database does not know any more, because it was restored to before the enrolment: the shop key
 * says who it is, and its own key that it is the one who asks. It keeps its id and its credential. One that was revoked stays so, by
 * the ledger, and hears how far it is held, so that it can hand in the rest. Asked again, it says the same and changes nothing.
 */
export async function readmitDevice(
  core: Core,
  request: ReadmitRequest,
): Promise<Result<ReadmitAnswer, 'not-enrolled'>> {
  const certified = core.shopKey.readCertificate(request.certificate);
  if (!certified) return fail('not-enrolled');
  const { deviceId, branch } = certified.identity;
  const isAsking = core.deps.verify(
    certified.publicKey,
    readmitSigningText(deviceId, request.credential),
    request.signature,
  );
  if (!isAsking) return fail('not-enrolled');
  const credentialHash = hashCredential(request.credential);
  const known = await core.store.read(async (tx) => {
    const holder = await tx.deviceByCredential(credentialHash);
    return holder && (await answerTo(core, tx, certified.identity, holder));
  });
  if (known) return known;
  return core.store.write([branchScope(branch)], async (tx) => {
    const device = await letIn(core, tx, certified, request);
    return device ? answerTo(core, tx, certified.identity, device) : fail('not-enrolled' as const);
  });
}

async function answerTo(
  core: Core,
  tx: ReadTx,
  device: DeviceIdentity,
  { deviceId }: StoredDevice,
): Promise<Result<ReadmitAnswer, 'not-enrolled'>> {
  if (deviceId !== device.deviceId) return fail('not-enrolled');
  const [head, lacking] = [await toldHead(tx, deviceId), await lackingOf(tx, deviceId)];
  const revoked = core.ledger.isRevoked(deviceId) ? { revoked: true as const } : {};
  const serverTime = core.deps.now();
  return ok({ device, epoch: await epochOf(tx), serverTime, head, lacking: [...lacking], ...revoked });
}

/** Stores the device with its credential, and gives who the credential opens. None where the device has another. */
async function letIn(
  core: Core,
  tx: WriteTx,
  certified: Certified,
  request: ReadmitRequest,
): Promise<StoredDevice | undefined> {
  const { identity, publicKey, at } = certified;
  const credentialHash = hashCredential(request.credential);
  const holder = await tx.deviceByCredential(credentialHash);
  if (holder) return holder;
  const known = await tx.device(identity.deviceId);
  // A device has one credential for ever; only an author known by its certificate alone has none yet.
  if (known && known.credentialHash !== null) return undefined;
  const key = { publicKey: JSON.stringify(publicKey), certificate: request.certificate };
  const device: StoredDevice = known ?? { ...identity, ...key, credentialHash, enrolledAt: at, forkOf: null };
  if (known) await tx.setCredential(identity.deviceId, credentialHash);
  else await tx.addDevice(device);
  await recordReadmission(tx, device, core.ledger.revocations().get(device.deviceId));
  return device;
}
