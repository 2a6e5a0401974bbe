import { z } from 'zod';
import {
  type BranchId,
  branchIdShape,
  type DeviceId,
  deviceIdShape,
  type ProductId,
  productIdShape,
  scopeShape,
} from '../ids.ts';

/**
 * What one device did to one product, as far as folded: units in, units out, and the seq of the last entry folded.
 * A pure function of (epoch, device, seq), so two replicas with the same seq hold the same counter (STK1).
 */
export const counterShape = z.object({ in: z.int().min(0), out: z.int().min(0), seq: z.int().min(0) });
export type Counter = z.infer<typeof counterShape>;

/** The sums of devices that are retired, folded together; the empty counter of each says up to which of its entries (STK13). */
export const baseShape = z.object({ in: z.int().min(0), out: z.int().min(0) });
export type Base = z.infer<typeof baseShape>;

/** One product's stock in one branch: one counter per device. `(epoch, n)` is the generation of the whole document. */
export const stockShape = z.object({
  id: z.string().max(80),
  scope: scopeShape,
  branch: branchIdShape,
  productId: productIdShape,
  epoch: z.int().min(1),
  n: z.int().min(1),
  base: baseShape,
  counters: z.record(deviceIdShape, counterShape),
});
export type Stock = z.infer<typeof stockShape>;

/** The id of a product's stock document in a branch. */
export function stockId(branch: BranchId, productId: ProductId): string {
  return `${branch}:${productId}`;
}

/** A stock document that nobody has moved yet. */
export function emptyStock(branch: BranchId, productId: ProductId, epoch: number): Stock {
  const scope = branch as string as Stock['scope'];
  return {
    id: stockId(branch, productId),
    scope,
    branch,
    productId,
    epoch,
    n: 1,
    base: { in: 0, out: 0 },
    counters: {},
  };
}

/** The counter of a device that never touched the product. */
export const NO_COUNTER: Counter = { in: 0, out: 0, seq: 0 };

export function counterOf(stock: Stock, deviceId: DeviceId): Counter {
  return stock.counters[deviceId] ?? NO_COUNTER;
}
