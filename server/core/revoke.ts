import { branchScope, type DeviceId } from '../../schema/ids.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import type { StoredDevice } from '../store/store.ts';
import type { Core } from './core.ts';
import { changeDeviceDoc } from './device-record.ts';
import { recordAct } from './record-change.ts';
import { settleWhatCan } from './settle-inbox.ts';

/**
 * Revokes a device of the asking one's branch, for good: it hands in what it holds, and is answered nothing else. In the ledger
 * first, so that no restore brings it back.
 */
export async function revokeDevice(
  core: Core,
  by: StoredDevice,
  deviceId: DeviceId,
): Promise<Result<void, 'not-found' | 'not-allowed'>> {
  const device = await core.store.read((tx) => tx.device(deviceId));
  if (device?.branch !== by.branch) return fail('not-found');
  if (deviceId === by.deviceId) return fail('not-allowed');
  // What it was told is here came while it was trusted.
  await settleWhatCan(core, [deviceId]);
  const at = core.deps.now();
  if (!core.ledger.isRevoked(deviceId)) core.ledger.append({ kind: 'revoked', deviceId, at });
  await core.store.write([branchScope(device.branch)], async (tx) => {
    await changeDeviceDoc(tx, deviceId, { active: false, revokedAt: at });
    await recordAct(core, tx, by, { device: deviceId, base: {}, patch: { ended: 'revoke' } });
  });
  return ok(undefined);
}
