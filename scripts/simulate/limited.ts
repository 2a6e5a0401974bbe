import { createHash } from 'node:crypto';
import type { DeviceEntry, ServerEntry } from '../../schema/entry/entry.ts';
import { type DeviceId, type ProductId, productIdShape } from '../../schema/ids.ts';
import type { StockEffect } from '../../schema/stock/effect.ts';
import type { World } from './world.ts';

/** The one limited product of worlds that sell it; ordinary steps know nothing of it. */
export const TICKET: ProductId = productIdShape.parse('tiket');

/** Where a device's share of it stands among the stock; written out here, because no rule of the product is asked. */
export function shareOfTicket(deviceId: DeviceId): ProductId {
  const hash = createHash('sha256').update(`${deviceId}/${TICKET}`).digest('hex');
  return `jatah_${hash.slice(0, 26)}` as ProductId;
}

interface ShareText {
  readonly productId?: string;
  readonly quantity?: number;
  readonly lines?: readonly { readonly limited?: boolean; readonly quantity?: number }[];
}

/** What an entry's text does to its device's share: nothing where it says nothing of the limited product. */
export function shareMove({ kind, body }: Pick<DeviceEntry, 'kind' | 'body'>): number {
  const { quantity = 0, lines = [] } = body as ShareText;
  const units = lines.reduce((sum, line) => (line.limited ? sum + (line.quantity ?? 0) : sum), 0);
  switch (kind) {
    case 'sale':
      return -units;
    case 'refund':
      return units;
    case 'allotment-received':
      return quantity;
    case 'allotment-returned':
      return -quantity;
    default:
      return 0;
  }
}

/** The same as an effect on the share's document. */
export function shareEffects(entry: Pick<DeviceEntry, 'kind' | 'body' | 'deviceId'>): StockEffect[] {
  const delta = shareMove(entry);
  if (delta === 0) return [];
  return [{ productId: shareOfTicket(entry.deviceId), in: Math.max(0, delta), out: Math.max(0, -delta) }];
}

/** What the server's journals wrote off of shares, by the share's document: once per entry that it is about. */
export function writtenOff({
  watch,
}: Pick<World, 'watch'>): readonly { readonly id: string; readonly units: number }[] {
  const byTarget = new Map<string, { id: string; units: number }>();
  for (const { kind, json } of watch.rows().entry.values()) {
    if (kind !== 'allotment-written-off') continue;
    const { branch, body } = JSON.parse(json) as Extract<ServerEntry, { kind: 'allotment-written-off' }>;
    const { deviceId, quantity = 0 } = body;
    if (deviceId) byTarget.set(body.target, { id: `${branch}:${shareOfTicket(deviceId)}`, units: quantity });
  }
  return [...byTarget.values()];
}
