import type { z } from 'zod';
import type { apiDeviceShape, silentTillShape } from '../../schema/api/api-lists.ts';
import type { DeviceDoc } from '../../schema/company.ts';
import type { BranchId } from '../../schema/ids.ts';
import { readCompanyDoc } from '../core/company-writer.ts';
import { deviceDocId } from '../core/device-record.ts';
import type { ReadTx } from '../store/store.ts';
import type { ApiContext } from './api-call.ts';

export function listDevices({ core, integration }: ApiContext) {
  return core.store.read(async (tx) => {
    const docs = await readDeviceDocs(tx, integration.branch);
    return { devices: docs.filter(({ forkOf }) => forkOf === undefined).map(toApiDevice) };
  });
}

/** Tills in use that were silent for longer than the shop's settings allow, at `now` (server time). */
export async function readSilentTills(
  tx: ReadTx,
  branch: BranchId,
  now: number,
): Promise<readonly (DeviceDoc & { readonly heardAt: number })[]> {
  const settings = await readCompanyDoc(tx, 'settings', 'settings');
  const silentAfterMs = settings?.silentAfterMs ?? Number.POSITIVE_INFINITY;
  return (await readDeviceDocs(tx, branch)).filter(
    (doc): doc is DeviceDoc & { heardAt: number } =>
      doc.active && doc.role === 'till' && doc.heardAt !== null && now - doc.heardAt > silentAfterMs,
  );
}

export function toSilentTill({ till, heardAt }: DeviceDoc): z.infer<typeof silentTillShape> {
  return { till, heardAt: heardAt === null ? null : toInstant(heardAt) };
}

/** A moment in UTC, as other systems read it. */
export function toInstant(ms: number): string {
  return new Date(ms).toISOString();
}

/** The documents of a branch's devices; the server's own journals are none. */
async function readDeviceDocs(tx: ReadTx, branch: BranchId): Promise<readonly DeviceDoc[]> {
  const docs: DeviceDoc[] = [];
  for (const { deviceId } of await tx.devicesOfBranch(branch)) {
    const doc = await readCompanyDoc(tx, 'device', deviceDocId(deviceId));
    if (doc && doc.till !== 'SERVER') docs.push(doc);
  }
  return docs.sort((left, right) => (left.till < right.till ? -1 : 1));
}

function toApiDevice({
  device,
  till,
  name,
  role,
  active,
  heardAt,
  revokedAt,
}: DeviceDoc): z.infer<typeof apiDeviceShape> {
  return {
    ...{ id: device, till, role, active, revoked: revokedAt !== undefined },
    ...(name === undefined ? {} : { name }),
    heardAt: heardAt === null ? null : toInstant(heardAt),
  };
}
