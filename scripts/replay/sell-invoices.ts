import type { Device } from '../../client/device/device.ts';
import { FAULT_CHANCE } from './fault-kinds.ts';
import { createOwnStock, type OwnStock } from './own-stock.ts';
import type { PlannedInvoice } from './plan.ts';
import type { Random } from './random.ts';
import { writeEntry } from './write-entry.ts';

/** How selling goes, as it goes. */
export interface Selling {
  /** Invoices written so far. */
  sold: number;
  entries: number;
  /** Times the own stock was held against what was written. */
  samples: number;
  /** Set to end before the invoices do. */
  enough: boolean;
  readonly faults: string[];
}

/** The device that sells. It may be closed and opened again between two invoices, so it is asked for each time. */
export interface Seller {
  readonly device: () => Device;
  readonly restart: () => Promise<void>;
  readonly random: Random;
  /** Mean pause between two invoices, in milliseconds. */
  readonly pauseMs: number;
}

/** Products looked at after each entry, and how many faults of one till are kept: one tells as much as a thousand. */
const SAMPLED_PRODUCTS = 3;
const FAULTS_KEPT = 20;

/**
 * Writes the invoices one after the other with random pauses, whatever the network does meanwhile. After each entry, and
 * again at a random later moment, the own part of some products' stock must be exactly what was written (I4).
 */
export async function sellInvoices(
  seller: Seller,
  invoices: readonly PlannedInvoice[],
  selling: Selling,
): Promise<void> {
  const { device, random, pauseMs } = seller;
  const own = createOwnStock();
  for (const { entries } of invoices) {
    if (selling.enough) return;
    for (const planned of entries) {
      own.add(await writeEntry(device(), planned));
      selling.entries += 1;
      sample(device(), own, random, selling);
    }
    selling.sold += 1;
    if (random.chance(FAULT_CHANCE.restart)) await seller.restart();
    await new Promise((resolve) => setTimeout(resolve, random.between(0, 2 * pauseMs)));
    sample(device(), own, random, selling);
  }
}

function sample(device: Device, own: OwnStock, random: Random, selling: Selling): void {
  for (let count = 0; count < SAMPLED_PRODUCTS; count += 1) {
    const product = own.products[random.whole(own.products.length)];
    if (product === undefined) return;
    selling.samples += 1;
    const fault = own.findFault(device, product);
    if (fault !== null && selling.faults.length < FAULTS_KEPT) selling.faults.push(`while selling: ${fault}`);
  }
}
