import type { PlannedInvoice } from './plan.ts';
import { createRandom } from './random.ts';

/** Stream numbers of the seed, so that each purpose draws from its own. Devices take theirs above these. */
const DEAL_STREAM = 1;
export const DEVICE_STREAM = 100;

/** Deals the invoices to the tills by the seed; each till keeps the order of the file. */
export function dealInvoices(plan: readonly PlannedInvoice[], tills: number, seed: number): PlannedInvoice[][] {
  const random = createRandom(seed, DEAL_STREAM);
  const hands: PlannedInvoice[][] = Array.from({ length: tills }, () => []);
  for (const invoice of plan) hands[random.whole(tills)]?.push(invoice);
  return hands;
}
