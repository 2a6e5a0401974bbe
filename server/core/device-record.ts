import type { DeviceDoc } from '../../schema/company.ts';
import { branchScope, type DeviceId } from '../../schema/ids.ts';
import type { StoredDevice, WriteTx } from '../store/store.ts';
import { putCompanyDoc, readCompanyDoc } from './company-writer.ts';
import type { Core } from './core.ts';
import { epochOf } from './epoch.ts';

/** The company document of a device. */
export function deviceDocId(deviceId: DeviceId): string {
  return `device:${deviceId}`;
}

/** Writes the document of a device that was just enrolled; others of its till code are no longer in use. */
export async function recordEnrolment(tx: WriteTx, device: StoredDevice): Promise<void> {
  const { deviceId, branch, till, enrolledAt } = device;
  for (const former of await tx.devicesOfTill(branch, till)) {
    if (former.deviceId !== deviceId) await changeDeviceDoc(tx, former.deviceId, { active: false });
  }
  await putDeviceDoc(tx, device, { heardAt: enrolledAt, active: true });
}

/**
 * Writes the document of a device that is known again: in use, unless another took over its till code meanwhile, or it was revoked
 * (`revokedAt`, server time) and only hands in what it holds.
 */
export async function recordReadmission(tx: WriteTx, device: StoredDevice, revokedAt?: number): Promise<void> {
  const { branch, till, generation, enrolledAt } = device;
  const ofTill = await tx.devicesOfTill(branch, till);
  const active = revokedAt === undefined && ofTill.every((other) => other.generation <= generation);
  await putDeviceDoc(tx, device, { heardAt: enrolledAt, active });
  if (revokedAt !== undefined) await changeDeviceDoc(tx, device.deviceId, { revokedAt });
}

/**
 * Writes the document of an author that does not speak for itself: a fork, a server journal, a device of which only entries
 * came. Its silence is nobody's concern.
 */
export function recordAuthor(tx: WriteTx, device: StoredDevice): Promise<void> {
  return putDeviceDoc(tx, device, { heardAt: null, active: false });
}

async function putDeviceDoc(tx: WriteTx, device: StoredDevice, state: Pick<DeviceDoc, 'heardAt' | 'active'>) {
  const { deviceId, branch, role, till, generation, enrolledAt, certificate, forkOf } = device;
  await putCompanyDoc(tx, (await epochOf(tx)).n, {
    ...{ id: deviceDocId(deviceId), scope: branchScope(branch), kind: 'device' },
    ...{ device: deviceId, branch, role, till, generation, enrolledAt, ...state, certificate },
    ...(forkOf === null ? {} : { forkOf }),
  });
}

/** Notes that a device was heard from at `at` (server time). */
export function recordHeard(core: Core, device: StoredDevice, at: number): Promise<void> {
  return core.store.write([branchScope(device.branch)], (tx) => changeDeviceDoc(tx, device.deviceId, { heardAt: at }));
}

/** Says whether a device is in use: the silence of others is not reported. */
export function setDeviceInUse(core: Core, device: StoredDevice, active: boolean): Promise<void> {
  return core.store.write([branchScope(device.branch)], (tx) => changeDeviceDoc(tx, device.deviceId, { active }));
}

/** Changes the document of a device, where there is one. */
export async function changeDeviceDoc(tx: WriteTx, deviceId: DeviceId, change: Partial<DeviceDoc>): Promise<void> {
  const doc = await readCompanyDoc(tx, 'device', deviceDocId(deviceId));
  if (doc) await putCompanyDoc(tx, (await epochOf(tx)).n, { ...doc, ...change });
}
