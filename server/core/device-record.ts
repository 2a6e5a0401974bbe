import type { DeviceDoc } from '../../schema/company.ts';
import { branchScope, type DeviceId } from '../../schema/ids.ts';
import type { StoredDevice, WriteTx } from '../store/store.ts';
import { putCompanyDoc, readCompanyDoc } from './company-writer.ts';
import type { Core } from './core.ts';

/** The company document of a device. */
export function deviceDocId(deviceId: DeviceId): string {
  return `device:${deviceId}`;
}

/** Writes the document of a device that was just enrolled; others of its till code are no longer in use. */
export async function recordEnrolment(core: Core, tx: WriteTx, device: StoredDevice): Promise<void> {
  const { deviceId, branch, role, till, generation, enrolledAt } = device;
  for (const former of await tx.devicesOfTill(branch, till)) {
    if (former.deviceId !== deviceId) await changeDoc(core, tx, former.deviceId, { active: false });
  }
  await putCompanyDoc(tx, core.epoch.n, {
    ...{ id: deviceDocId(deviceId), scope: branchScope(branch), kind: 'device' },
    ...{ device: deviceId, branch, role, till, generation, enrolledAt, heardAt: enrolledAt, active: true },
  });
}

/** Notes that a device was heard from at `at` (server time). */
export function recordHeard(core: Core, device: StoredDevice, at: number): Promise<void> {
  return core.store.write([branchScope(device.branch)], (tx) => changeDoc(core, tx, device.deviceId, { heardAt: at }));
}

/** Says whether a device is in use: the silence of others is not reported. */
export function setDeviceInUse(core: Core, device: StoredDevice, active: boolean): Promise<void> {
  return core.store.write([branchScope(device.branch)], (tx) => changeDoc(core, tx, device.deviceId, { active }));
}

async function changeDoc(core: Core, tx: WriteTx, deviceId: DeviceId, change: Partial<DeviceDoc>): Promise<void> {
  const doc = await readCompanyDoc(tx, 'device', deviceDocId(deviceId));
  if (doc) await putCompanyDoc(tx, core.epoch.n, { ...doc, ...change });
}
