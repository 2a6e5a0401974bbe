import type { Entry } from '../../schema/entry/entry.ts';
import type { BranchId } from '../../schema/ids.ts';
import { type StockEffect, stockEffects } from '../../schema/stock/effect.ts';
import type { ReadTx, StoredDevice } from '../store/store.ts';
import type { Core } from './core.ts';
import { workOnJournals } from './journal-work.ts';
import { showingDevices } from './retired-devices.ts';

/** Entries read at once. */
const PAGE = 500;

/** Where it is noted that a branch's retired devices have their empty counters. */
export const coveredKey = (branch: BranchId): string => `retired covered ${branch}`;

/**
 * Puts in the empty counters of devices that were retired by a version that dropped them (STK14), once per branch and database. Every
 * entry up to the head of a retired device is in the base, or counted elsewhere, so that the head is how far each of them stands.
 */
export function coverRetired(core: Core, branch: BranchId): Promise<void> {
  return workOnJournals(core, branch, async (work) => {
    const { tx, book } = work;
    if (await tx.meta(coveredKey(branch))) return;
    for (const { deviceId } of await showingDevices(work)) {
      const { seq } = (await tx.head(deviceId)) ?? { seq: 0 };
      await book.cover(deviceId, seq, await movedBy(tx, deviceId, seq));
    }
    await tx.setMeta(coveredKey(branch), 'yes');
  });
}

/** One effect per product that a device's counted entries up to `head` moved. */
async function movedBy(tx: ReadTx, deviceId: StoredDevice['deviceId'], head: number): Promise<StockEffect[]> {
  const byProduct = new Map<string, StockEffect>();
  for (let next = 1; next <= head; ) {
    const page = await tx.entriesFrom(deviceId, next, PAGE);
    for (const { entrySeq, verdict, json } of page) {
      if (verdict !== 'accepted' || entrySeq > head) continue;
      for (const effect of stockEffects(JSON.parse(json) as Entry)) byProduct.set(effect.productId, effect);
    }
    next = page.length < PAGE ? head + 1 : (page.at(-1)?.entrySeq ?? head) + 1;
  }
  return [...byProduct.values()];
}
