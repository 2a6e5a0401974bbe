import type { DeviceId, EntryId, Hash, ProductId } from '../../schema/ids.ts';

/** What entries of server journals settle, as the store keeps it: each at most once, whoever settles it (ENT15). */
export const targets = {
  /** By the id that the entry gives itself: a copy of it in a fork is the same sale. */
  release: (id: EntryId, hash: Hash): string => `release ${id} ${hash}`,
  gap: (deviceId: DeviceId, to: number): string => `gap ${deviceId} ${to}`,
  /** An allotment is taken over, or written off, once. */
  allotment: (id: EntryId): string => `allotment ${id}`,
  /** What a device held of a product after one of its entries, or an allotment that waited, is written off once. */
  writtenOff: (target: EntryId, productId: ProductId): string => `written-off ${target} ${productId}`,
  /** What an entry of another branch says of a transfer is told here once; two copies of a device may use one id. */
  told: (target: EntryId, hash: Hash): string => `told ${target} ${hash}`,
  retired: (deviceId: DeviceId): string => `retired ${deviceId}`,
};
