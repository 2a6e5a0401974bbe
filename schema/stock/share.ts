import { sha256Hex } from '../hash.ts';
import type { DeviceId, ProductId } from '../ids.ts';

/**
 * A device's share of a limited product is a counter like a product's, under an id of its own: so it is folded, pulled, told live,
 * retired, restored, compared and verified with the stock (ALT1). Its on hand is what the device may sell without asking anybody.
 */
const PREFIX = 'jatah_';
/** 104 bits, and no longer than a product's id may be. */
const HASH_CHARACTERS = 26;

/** The id of a device's share of a product among the stock documents. */
export function shareOf(productId: ProductId, deviceId: DeviceId): ProductId {
  return `${PREFIX}${sha256Hex(`${deviceId}/${productId}`).slice(0, HASH_CHARACTERS)}` as ProductId;
}

/** True for an id that names a share: no product, whatever a list of stock says. */
export function isShare(id: ProductId): boolean {
  return id.startsWith(PREFIX);
}
