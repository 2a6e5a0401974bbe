import type { ProductId } from '../../schema/ids.ts';
import { SHARE_OPEN_MAX, SHARE_PRODUCTS_MAX } from '../../schema/limits.ts';
import type { Product } from '../../schema/product.ts';
import type { SharesAnswer, SharesRequest } from '../../schema/protocol/shares.ts';
import type { Quantity } from '../../schema/quantity.ts';
import { fairOf, freeOf, type ShareScene, shareToGive } from '../../schema/stock/share-out.ts';
import type { StoredDevice } from '../store/store.ts';
import { readCompanyDoc } from './company-writer.ts';
import type { Core } from './core.ts';
import { deviceDocId } from './device-record.ts';
import { type JournalWork, workOnJournals } from './journal-work.ts';
import { lackingOf } from './lacking.ts';
import { writeServerEntry } from './server-journal.ts';
import { settleWhatCan } from './settle-inbox.ts';
import { type Holder, holdersOf, outOf } from './share-holders.ts';
import { awaitedDevices, noteReport } from './share-reports.ts';

/**
 * Answers a device that sells limited products: notes whether the server has all that it wrote, allots what it should hold, and names
 * what waits for it. All of one transaction, so that all shares together never exceed the stock (ALT2).
 */
export async function giveShares(core: Core, asker: StoredDevice, request: SharesRequest): Promise<SharesAnswer> {
  await settleWhatCan(core, [asker.deviceId]);
  return workOnJournals(core, asker.branch, async (work) => {
    const isWhole = await hasWhole(work, asker, request.through);
    if (isWhole) await noteReport(work, asker.deviceId, request.through);
    const awaited = (await awaitedDevices(work)).length;
    const products: SharesAnswer['products'] = [];
    for (const { productId, need = 0 } of request.products) {
      const scene = await sceneOf(work, asker, productId);
      if (!scene) continue;
      // An office sells now and then: it is given what somebody asks for there, and keeps nothing for later.
      const wanted = asker.role === 'till' || need > 0 ? shareToGive(scene, need) : 0;
      const given = isWhole && awaited === 0 ? await give(work, asker, productId, wanted) : 0;
      products.push({ productId, free: freeOf(scene) - given, fair: fairOf(scene) });
    }
    return { epoch: work.epoch, open: isWhole ? await openFor(work, asker) : [], awaited, products };
  });
}

/** True when nothing of the device's journal is missing here: then no share is out that the server does not know of. */
async function hasWhole({ tx }: JournalWork, { deviceId }: StoredDevice, through: number): Promise<boolean> {
  const { seq } = (await tx.head(deviceId)) ?? { seq: 0 };
  return through <= seq && (await lackingOf(tx, deviceId)).length === 0;
}

/** What the split is made from; undefined for a product that is not limited. */
async function sceneOf(work: JournalWork, asker: StoredDevice, productId: ProductId): Promise<ShareScene | undefined> {
  const stored = await work.tx.document('products', productId);
  const product = stored && (JSON.parse(stored.json) as Product);
  if (!product?.limited || !product.active) return undefined;
  const holders = await holdersOf(work, productId);
  const own = holders.find(({ device }) => device.deviceId === asker.deviceId);
  const onHand = await work.book.sumOf(productId);
  return {
    onHand,
    out: outOf(holders),
    mine: own ? own.held + own.open : 0,
    tills: await countTills(work, asker, holders),
  };
}

/** Tills in use, and whoever asks. */
async function countTills({ tx }: JournalWork, asker: StoredDevice, holders: readonly Holder[]): Promise<number> {
  let tills = 1;
  for (const { device } of holders) {
    if (device.deviceId === asker.deviceId || device.role !== 'till') continue;
    if ((await readCompanyDoc(tx, 'device', deviceDocId(device.deviceId)))?.active) tills += 1;
  }
  return tills;
}

async function give(
  work: JournalWork,
  { deviceId }: StoredDevice,
  productId: ProductId,
  units: number,
): Promise<number> {
  const [open, products] = [await work.openShares.all(), await work.openShares.products()];
  const isNew = !products.includes(productId);
  if (units <= 0 || open.length >= SHARE_OPEN_MAX || (isNew && products.length >= SHARE_PRODUCTS_MAX)) return 0;
  await writeServerEntry(work, 'allotment', { deviceId, productId, quantity: units as Quantity });
  return units;
}

async function openFor({ openShares }: JournalWork, { deviceId }: StoredDevice): Promise<SharesAnswer['open']> {
  const mine = (await openShares.all()).filter((share) => share.deviceId === deviceId);
  return mine.map(({ allotment, productId, quantity }) => ({ allotment, productId, quantity }));
}
