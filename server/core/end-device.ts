import { branchScope, type DeviceId, SEQ_MAX } from '../../schema/ids.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import type { StoredDevice } from '../store/store.ts';
import { closeGap } from './close-gap.ts';
import type { Core } from './core.ts';
import { recordAct } from './record-change.ts';
import { retireDevice } from './retire-device.ts';
import { waiveReport } from './write-off-share.ts';

/** `lost`: what is missing of it will not come, and the rest counts. `retired`: its counters move into the base, for good. */
export type DeviceEnd = 'lost' | 'retired';

/** What a person says about another device of the branch, or a fork of one. Said again, it changes nothing. */
export async function endDevice(
  core: Core,
  by: StoredDevice,
  deviceId: DeviceId,
  end: DeviceEnd,
): Promise<Result<void, 'not-found' | 'not-allowed'>> {
  const device = await core.store.read((tx) => tx.device(deviceId));
  if (device?.branch !== by.branch) return fail('not-found');
  if (deviceId === by.deviceId) return fail('not-allowed');
  const patch = { ended: end === 'lost' ? 'lost' : 'retire' };
  await core.store.write([branchScope(by.branch)], (tx) =>
    recordAct(core, tx, by, { device: deviceId, base: {}, patch }),
  );
  const reason = `said by ${by.till}-${by.generation}`;
  if (end === 'lost') {
    await closeGap(core, deviceId, SEQ_MAX, reason);
    // Nobody waits for it either before shares are given again after a restore.
    await waiveReport(core, by, { deviceId });
  } else await retireDevice(core, deviceId, reason);
  return ok(undefined);
}
