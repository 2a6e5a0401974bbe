import type { Integration } from '../../schema/api/integration.ts';
import { integrationDeviceId } from '../../schema/signature.ts';
import type { Core } from '../core/core.ts';
import { changeDeviceDoc, recordAuthor } from '../core/device-record.ts';
import { nextGeneration } from '../core/enrol.ts';
import { epochOf } from '../core/epoch.ts';
import { thumbprintOf } from '../keys/thumbprint.ts';
import type { StoredDevice, WriteTx } from '../store/store.ts';

/**
 * The device that writes an integration's sales in the current epoch; certified and written down when it first speaks. Each epoch has one
 * of its own, with the next generation: what a restored server has lost of the former one, tills bring back, and nothing ever stands at the
 * place of another entry (I5). The server's key signs for it; no credential opens it.
 */
export async function openIntegrationDevice(
  core: Core,
  tx: WriteTx,
  { id, name, branch, till }: Integration,
): Promise<StoredDevice> {
  const deviceId = integrationDeviceId(id, (await epochOf(tx)).id);
  const known = await tx.device(deviceId);
  if (known) return known;
  const at = core.deps.now();
  const { publicKey } = core.serverKey;
  const generation = await nextGeneration(core, tx, { branch, till });
  // In the ledger before anything else: a generation may be skipped, never given twice.
  core.ledger.append({ kind: 'device', branch, till, generation, deviceId, at, thumbprint: thumbprintOf(publicKey) });
  const identity = { deviceId, branch, role: 'till', till, generation } as const;
  const certificate = await core.shopKey.certify(identity, publicKey, at);
  const key = { publicKey: JSON.stringify(publicKey), certificate, credentialHash: null };
  const device: StoredDevice = { ...identity, ...key, enrolledAt: at, forkOf: null };
  await tx.addDevice(device);
  await recordAuthor(tx, device);
  await changeDeviceDoc(tx, deviceId, { integration: name });
  return device;
}
