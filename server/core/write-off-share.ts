import { EMPTY_HEAD } from '../../schema/chain.ts';
import { type DeviceId, entryId, type ProductId } from '../../schema/ids.ts';
import { QUANTITY_MAX } from '../../schema/limits.ts';
import type { SharesView, WaiveShare, WriteOffShare } from '../../schema/protocol/shares.ts';
import type { Quantity } from '../../schema/quantity.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import { shareOf } from '../../schema/stock/share.ts';
import { freeOf } from '../../schema/stock/share-out.ts';
import type { StoredDevice } from '../store/store.ts';
import type { Core } from './core.ts';
import { type JournalWork, workOnJournals } from './journal-work.ts';
import { writeServerEntry } from './server-journal.ts';
import { settleWhatCan } from './settle-inbox.ts';
import { holdersOf, outOf } from './share-holders.ts';
import { awaitedDevices, noteReport, reportOf } from './share-reports.ts';

/** Who holds what in the asking device's branch: of the products asked for and of all that were ever allotted there. */
export function lookAtShares(core: Core, { branch }: StoredDevice, asked: readonly ProductId[]): Promise<SharesView> {
  return workOnJournals(core, branch, async (work) => {
    const products: SharesView['products'] = [];
    for (const productId of new Set([...asked, ...(await work.openShares.products())])) {
      const all = await holdersOf(work, productId);
      const onHand = await work.book.sumOf(productId);
      const holders = all
        .filter(({ held, open }) => held !== 0 || open > 0)
        .map(({ device: { deviceId, till }, held, open }) => ({ deviceId, till, held, open }));
      products.push({ productId, onHand, free: freeOf({ onHand, out: outOf(all) }), holders });
    }
    return { awaited: [...(await awaitedDevices(work))], products };
  });
}

/** A manager says that what a device holds of a product, or what waits for it, is lost. Said again, it changes nothing. */
export async function writeOffShare(
  core: Core,
  by: StoredDevice,
  { deviceId, productId }: WriteOffShare,
): Promise<Result<void, 'not-found'>> {
  // What it sold was sold out of what it holds.
  await settleWhatCan(core, [deviceId]);
  return workOnJournals(core, by.branch, async (work) => {
    const device = await work.tx.device(deviceId);
    if (device?.branch !== by.branch) return fail('not-found');
    await writeOff(work, deviceId, productId, `said by ${by.till}-${by.generation}`);
    return ok(undefined);
  });
}

/** A manager says that nobody waits for a device any more before shares are given again after a restore. */
export function waiveReport(
  core: Core,
  by: StoredDevice,
  { deviceId }: WaiveShare,
): Promise<Result<void, 'not-found'>> {
  return workOnJournals(core, by.branch, async (work) => {
    if (!(await awaitedDevices(work)).some((device) => device.deviceId === deviceId)) return fail('not-found');
    // It did not say how far it wrote: nothing may be concluded from a waiver but that nobody waits.
    await noteReport(work, deviceId, Number.MAX_SAFE_INTEGER);
    return ok(undefined);
  });
}

/** A device was retired: what it holds is written off where its journal is known to its end; else it stays for a manager (ALT8). */
export async function writeOffRetired(work: JournalWork, deviceId: DeviceId): Promise<void> {
  const { seq } = (await work.tx.head(deviceId)) ?? EMPTY_HEAD;
  if ((await reportOf(work, deviceId)) !== seq) return;
  for (const productId of await work.openShares.products()) await writeOff(work, deviceId, productId, 'retired');
}

async function writeOff(work: JournalWork, deviceId: DeviceId, productId: ProductId, reason: string): Promise<void> {
  const about = { deviceId, productId, reason };
  for (const { allotment, ...share } of await work.openShares.all()) {
    if (share.deviceId !== deviceId || share.productId !== productId) continue;
    await writeServerEntry(work, 'allotment-written-off', { target: allotment, ...about });
  }
  const held = await work.book.sumOf(shareOf(productId, deviceId));
  const { seq } = (await work.tx.head(deviceId)) ?? EMPTY_HEAD;
  if (held === 0 || seq === 0) return;
  const quantity = Math.max(-QUANTITY_MAX, Math.min(QUANTITY_MAX, held)) as Quantity;
  await writeServerEntry(work, 'allotment-written-off', { target: entryId(deviceId, seq), ...about, quantity });
}
