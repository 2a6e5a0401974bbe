import { createBrowserDeps } from '../../../client/device/browser-device.ts';
import { openDevice } from '../../../client/device/open-device.ts';
import { must } from '../../../schema/result.ts';
import type { ColdStart, SlotOrder } from '../bench-page.ts';
import { credentialOf, openFull, someGoods, withoutNetwork } from './bench-device.ts';
import { chooseSomebody, fillCart, timeSale } from './bench-sale.ts';
import { timeFetch } from './fetch-pages.ts';
import { timeRawStore, timeReadBack } from './raw-store.ts';

const PAGE_SIZE = 5_000;
const BARCODES = 100;
/** Where the barcodes lie that are sold after a restart: looking for them is not what a restart takes. */
const barcodesOf = (slot: string) => `laci-bench-barcodes-${slot}`;
const rawOf = (slot: string) => `raw-${slot}`;

/** Pulls everything into a device of its own and the same products into a bare store, and closes both. */
export async function settle(order: SlotOrder): Promise<number> {
  const { device, deps } = await openFull(order);
  const count = device.catalogue.count();
  await chooseSomebody(device);
  localStorage.setItem(barcodesOf(order.slot), JSON.stringify(someGoods(device, BARCODES)));
  await device.close();
  const { documents } = await timeFetch(await credentialOf(deps), PAGE_SIZE);
  await timeRawStore(rawOf(order.slot), documents, true);
  return count;
}

/** Opens the device as an app does after a restart, without a connection. */
export async function coldStart(slot: string): Promise<ColdStart> {
  const barcodes: string[] = JSON.parse(must(localStorage.getItem(barcodesOf(slot)), 'the barcodes'));
  const begun = performance.now();
  const device = await openDevice(withoutNetwork(await createBrowserDeps(slot)));
  const documents = device.catalogue.count();
  const open = performance.now() - begun;
  await chooseSomebody(device);
  const cart = fillCart(device, barcodes, 0);
  const fault = device.till.check(cart);
  const firstSale = performance.now() - begun;
  if (fault) throw new Error(`After a restart the till refuses: ${fault.code}`);
  const sale = await timeSale(device, { ...cart, cartId: `${cart.cartId}-${Date.now()}` as typeof cart.cartId });
  await device.close();
  return { open, firstSale, sale, documents };
}

export function readBack(slot: string) {
  return timeReadBack(rawOf(slot));
}
