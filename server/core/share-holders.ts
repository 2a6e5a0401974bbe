import type { DeviceId, ProductId } from '../../schema/ids.ts';
import { shareOf } from '../../schema/stock/share.ts';
import type { StoredDevice } from '../store/store.ts';
import type { JournalWork } from './journal-work.ts';
import { isServerJournal } from './server-device.ts';

/** A device's part of what is out of one product. */
export interface Holder {
  readonly device: StoredDevice;
  /** Taken over, less what was sold, given back and written off: below 0 where it sold more. */
  readonly held: number;
  /** Allotted, and not taken over yet. */
  readonly open: number;
}

/** Who in the branch holds something of a product, or owes it. A copy's sales are its original's. */
export async function holdersOf(work: JournalWork, productId: ProductId): Promise<readonly Holder[]> {
  const open = (await work.openShares.all()).filter((share) => share.productId === productId);
  const openOf = (deviceId: DeviceId) =>
    open.reduce((sum, share) => (share.deviceId === deviceId ? sum + share.quantity : sum), 0);
  const holders: Holder[] = [];
  for (const device of await work.tx.devicesOfBranch(work.branch)) {
    if (device.forkOf !== null || isServerJournal(device)) continue;
    const held = await work.book.sumOf(shareOf(productId, device.deviceId));
    holders.push({ device, held, open: openOf(device.deviceId) });
  }
  return holders;
}

/** All that is out: a device that sold more than it held gives nothing to the others by it. */
export function outOf(holders: readonly Holder[]): number {
  return holders.reduce((sum, { held, open }) => sum + Math.max(0, held) + open, 0);
}
