import type { DeviceId } from '../../schema/ids.ts';
import type { StoredDevice } from '../store/store.ts';
import type { JournalWork } from './journal-work.ts';
import { targets } from './targets.ts';

/** Retired devices of a branch whose empty counters stay: each is 46 bytes in every product that it moved. */
export const EMPTY_COUNTERS_MAX = 32;

type Work = Pick<JournalWork, 'core' | 'tx' | 'branch'>;

/**
 * The retired devices of the branch that may still show stock, and so need their empty counters (STK13): nobody holds a fork's id as
 * its own, and a revoked device hears of no stock any more. The newest of the others, oldest first.
 */
export async function showingDevices(work: Work): Promise<readonly StoredDevice[]> {
  const retired = await retiredDevices(work);
  const isShowing = ({ deviceId, forkOf }: StoredDevice) => forkOf === null && !work.core.ledger.isRevoked(deviceId);
  return retired
    .filter(isShowing)
    .toSorted((left, right) => left.enrolledAt - right.enrolledAt)
    .slice(-EMPTY_COUNTERS_MAX);
}

/** The retired devices whose empty counters may go (STK14). */
export async function forgottenDevices(work: Work): Promise<ReadonlySet<DeviceId>> {
  const showing = new Set((await showingDevices(work)).map(({ deviceId }) => deviceId));
  const retired = (await retiredDevices(work)).map(({ deviceId }) => deviceId);
  return new Set(retired.filter((deviceId) => !showing.has(deviceId)));
}

async function retiredDevices({ tx, branch }: Work): Promise<readonly StoredDevice[]> {
  const retired: StoredDevice[] = [];
  for (const device of await tx.devicesOfBranch(branch)) {
    if (await tx.settledBy(targets.retired(device.deviceId))) retired.push(device);
  }
  return retired;
}
