import type { Epoch } from '../../schema/epoch.ts';
import { type BranchId, branchScope, type DeviceId, type TillCode } from '../../schema/ids.ts';
import type { ReadTx, StoredDevice, WriteTx } from '../store/store.ts';
import { readCompanyDoc } from './company-writer.ts';
import { deviceDocId } from './device-record.ts';
import type { JournalWork } from './journal-work.ts';
import { isServerJournal } from './server-device.ts';
import { targets } from './targets.ts';

/** Who said in which history that the server has all that it wrote; a newer history asks everybody anew. */
interface Reports {
  readonly epoch: number;
  /** Per device the last entry that it had when it said so. */
  readonly through: Readonly<Record<DeviceId, number>>;
}

export interface AwaitedDevice {
  readonly deviceId: DeviceId;
  readonly till: TillCode;
}

type Work = Pick<JournalWork, 'core' | 'tx' | 'branch' | 'epoch'>;

const keyOf = (branch: BranchId): string => `share reports ${branch}`;

async function readReports(tx: ReadTx, branch: BranchId, epoch: Epoch): Promise<Reports> {
  const kept = JSON.parse((await tx.meta(keyOf(branch))) ?? 'null') as Reports | null;
  return kept?.epoch === epoch.n ? kept : { epoch: epoch.n, through: {} };
}

/** A device says that the server has its journal up to `through`. */
export async function noteReport(
  { tx, branch, epoch }: Pick<JournalWork, 'branch' | 'epoch'> & { readonly tx: WriteTx },
  deviceId: DeviceId,
  through: number,
): Promise<void> {
  const reports = await readReports(tx, branch, epoch);
  if (reports.through[deviceId] === through) return;
  const next: Reports = { ...reports, through: { ...reports.through, [deviceId]: through } };
  await tx.setMeta(keyOf(branch), JSON.stringify(next));
}

/** The last entry that a device had when it last reported in this history; undefined where it did not. */
export async function reportOf({ tx, branch, epoch }: Work, deviceId: DeviceId): Promise<number | undefined> {
  return (await readReports(tx, branch, epoch)).through[deviceId];
}

/**
 * In a history that began with a restore: every device that may hold a share given in the lost one, and has not said yet that the server
 * has its journal (ALT6). The ledger names those that the backup does not know. Nobody in a shop's first history.
 */
export async function awaitedDevices(work: Work): Promise<readonly AwaitedDevice[]> {
  const { core, tx, branch, epoch } = work;
  if (epoch.n === 1) return [];
  const { through } = await readReports(tx, branch, epoch);
  const known = new Set<DeviceId>();
  const awaited: AwaitedDevice[] = [];
  for (const device of await tx.devicesOfBranch(branch)) {
    known.add(device.deviceId);
    if (through[device.deviceId] === undefined && (await mayHold(work, device))) awaited.push(device);
  }
  const unknown = core.ledger
    .devicesOf(branch)
    .filter(
      ({ deviceId }) => !known.has(deviceId) && !core.ledger.isRevoked(deviceId) && through[deviceId] === undefined,
    );
  return [...awaited, ...unknown].map(({ deviceId, till }) => ({ deviceId, till }));
}

export async function isFrozen(work: Work): Promise<boolean> {
  return (await awaitedDevices(work)).length > 0;
}

async function mayHold({ core, tx, branch }: Work, device: StoredDevice): Promise<boolean> {
  const { deviceId, forkOf, role } = device;
  if (forkOf !== null || role === 'developer' || isServerJournal(device) || core.ledger.isRevoked(deviceId))
    return false;
  if (await tx.settledBy(targets.retired(deviceId))) return false;
  const doc = await readCompanyDoc(tx, 'device', deviceDocId(deviceId));
  // One that is out of use was given nothing in the lost one that nobody else knows of.
  return doc?.scope === branchScope(branch) && doc.active;
}
