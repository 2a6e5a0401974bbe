import type { Product } from '../../schema/product.ts';
import { isAccount } from '../../schema/stock/account.ts';
import type { Stock } from '../../schema/stock/counter.ts';
import { readSilentTills, toSilentTill } from '../api/list-devices.ts';
import { toApiProduct } from '../api/list-products.ts';
import { toApiSale } from '../api/list-sales.ts';
import { onHandOf } from '../api/list-stock.ts';
import { toldReceipt } from '../api/told-receipt.ts';
import { readProduct } from '../core/product-writer.ts';
import type { StoredChange, WriteTx } from '../store/store.ts';
import type { Happening, StoredHook } from './hook-records.ts';

/** What a stored change is to a webhook; null where it is nothing. */
export async function happeningOf(
  tx: WriteTx,
  hook: StoredHook,
  change: StoredChange,
  scope: string,
): Promise<Happening | null> {
  const id = `${scope}-${change.seq}`;
  if (change.kind === 'entry') {
    const receipt = hook.events.includes('sale') ? toldReceipt(change.entry) : null;
    // Under its own id: an entry that is flagged later is a change once more, and no other sale.
    return receipt && { id: receipt.id, event: 'sale', data: toApiSale(receipt) };
  }
  if (change.collection === 'products' && hook.events.includes('product.changed'))
    return { id, event: 'product.changed', data: toApiProduct(JSON.parse(change.json) as Product, hook.branch) };
  if (change.collection === 'stock' && hook.events.includes('stock.below'))
    return stockHappening(tx, hook, JSON.parse(change.json) as Stock, id);
  return null;
}

/** Told once when the stock comes to its level or below, and again only after it was above. */
async function stockHappening(tx: WriteTx, hook: StoredHook, stock: Stock, id: string): Promise<Happening | null> {
  const { productId } = stock;
  if (isAccount(productId)) return null;
  const product = await readProduct(tx, productId);
  const [onHand, level] = [onHandOf(stock), product?.reorderLevel ?? 0];
  const isNew = await noteOnce(tx, `${hook.id}:below:${productId}`, onHand <= level ? String(level) : null);
  return isNew ? { id, event: 'stock.below', data: { productId, name: product?.name ?? '', onHand, level } } : null;
}

/** Tills that fell silent since the last look. `now` is the server's time. */
export async function silentHappenings(tx: WriteTx, hook: StoredHook, now: number): Promise<Happening[]> {
  const silent = await readSilentTills(tx, hook.branch, now);
  const prefix = `${hook.id}:silent:`;
  const told = await tx.records('told', { prefix, limit: DEVICES_MAX });
  for (const { id } of told) {
    if (!silent.some(({ device }) => id === prefix + device)) await tx.dropRecord('told', id);
  }
  const happenings: Happening[] = [];
  for (const doc of silent) {
    const id = `${doc.device}-${doc.heardAt}`;
    if (await noteOnce(tx, prefix + doc.device, ''))
      happenings.push({ id, event: 'device.silent', data: toSilentTill(doc) });
  }
  return happenings;
}

/** Devices of one branch that are looked at. */
const DEVICES_MAX = 1_000;

/** Notes that something is so, or with null that it is not any more. True when it is and was not before. */
async function noteOnce(tx: WriteTx, id: string, value: string | null): Promise<boolean> {
  const known = await tx.record('told', id);
  if (value === null) {
    if (known) await tx.dropRecord('told', id);
    return false;
  }
  if (!known) await tx.putRecord({ kind: 'told', id, at: 0, json: JSON.stringify(value) });
  return !known;
}
