import type { Device } from '../../client/device/device.ts';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import type { DeviceId, ProductId } from '../../schema/ids.ts';

interface Moved {
  in: number;
  out: number;
}

/** What this device itself sold and took back, added up here and nowhere else, to hold its own part of the stock against. */
export interface OwnStock {
  add(entry: DeviceEntry): void;
  /** The own part of the product's stock as the device explains it, against this sum; null when they agree (I4). */
  findFault(device: Pick<Device, 'stock' | 'identity'>, product: ProductId): string | null;
  readonly products: readonly ProductId[];
}

/** Starts from nothing: the device must be new. */
export function createOwnStock(): OwnStock {
  const sums = new Map<ProductId, Moved>();
  const products: ProductId[] = [];
  const sumOf = (product: ProductId): Moved => {
    const known = sums.get(product);
    if (known) return known;
    const fresh = { in: 0, out: 0 };
    sums.set(product, fresh);
    products.push(product);
    return fresh;
  };
  return {
    add: (entry) => addEntry(entry, sumOf),
    findFault: (device, product) => findFault(device, product, sums.get(product) ?? { in: 0, out: 0 }),
    products,
  };
}

function addEntry(entry: DeviceEntry, sumOf: (product: ProductId) => Moved): void {
  if (entry.kind === 'adjust') {
    for (const { productId, delta } of entry.body.lines) sumOf(productId)[delta < 0 ? 'out' : 'in'] += Math.abs(delta);
  } else if (entry.kind === 'sale' || entry.kind === 'refund') {
    const side = entry.kind === 'sale' ? 'out' : 'in';
    for (const { productId, quantity } of entry.body.lines) if (productId) sumOf(productId)[side] += quantity;
  }
}

function findFault(
  { stock, identity }: Pick<Device, 'stock' | 'identity'>,
  product: ProductId,
  sum: Moved,
): string | null {
  const explained = stock.explain(product);
  const own = ownPart(explained.parts, identity.deviceId);
  if (own.in !== sum.in || own.out !== sum.out) {
    return `own stock of ${product} is in ${own.in} out ${own.out}, but in ${sum.in} out ${sum.out} was written`;
  }
  return explained.onHand === stock.onHand(product)
    ? null
    : `stock of ${product} is explained as another number than shown`;
}

function ownPart(parts: readonly { deviceId: DeviceId; in: number; out: number }[], deviceId: DeviceId): Moved {
  return parts.find((part) => part.deviceId === deviceId) ?? { in: 0, out: 0 };
}
