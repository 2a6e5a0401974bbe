import { createBrowserDeps } from '../../../client/device/browser-device.ts';
import type { Device } from '../../../client/device/device.ts';
import { openDevice } from '../../../client/device/open-device.ts';
import { databaseNameOf } from '../../../client/store/database-name.ts';
import { openLogFile } from '../../../client/store/log/log-file.ts';
import { openLog } from '../../../client/store/log/open-log.ts';
import { tendLog } from '../../../client/store/tend-log.ts';
import type { Product } from '../../../schema/product.ts';
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
/** Tiles that the selling screen draws first. */
const FIRST_PRODUCTS = 300;
/** Products that are looked up to see that all are in hand, spread over all of them. */
const LOOKED_UP = 25;
/** Where it lies what they are to be, and which come first by name. */
const sampleOf = (slot: string) => `laci-bench-sample-${slot}`;

/** What a device that has all products in hand answers at once. */
interface Sample {
  readonly count: number;
  /** The first screen's list, by name. */
  readonly first: readonly string[];
  readonly products: readonly Product[];
}

function takeSample({ catalogue }: Device): Sample {
  const all = catalogue.all();
  const step = Math.ceil(all.length / LOOKED_UP);
  const products = all.filter((_, at) => at % step === Math.floor(step / 2));
  const first = catalogue.search('', { category: '', limit: FIRST_PRODUCTS }).map(({ id }) => id);
  return { count: catalogue.count(), first, products };
}

/** Throws where a device does not answer as it did when the sample was taken. */
function expectInHand({ catalogue }: Device, { count, first, products }: Sample): void {
  const listed = catalogue.search('', { category: '', limit: FIRST_PRODUCTS });
  if (catalogue.count() !== count || listed.some(({ id }, at) => id !== first[at]) || listed.length !== first.length)
    throw new Error('After a restart the list is another.');
  for (const { id, name, barcodes, active } of products) {
    const found = active && barcodes[0] ? catalogue.byBarcode(barcodes[0]) : catalogue.product(id);
    if (catalogue.product(id)?.name !== name || found?.id !== id) throw new Error(`${id} is not in hand.`);
  }
}

/** Pulls everything into a device of its own and the same products into a bare store, and closes both. */
export async function settle(order: SlotOrder): Promise<number> {
  const { device, deps } = await openFull(order);
  const count = device.catalogue.count();
  await chooseSomebody(device);
  localStorage.setItem(barcodesOf(order.slot), JSON.stringify(someGoods(device, BARCODES)));
  localStorage.setItem(sampleOf(order.slot), JSON.stringify(takeSample(device)));
  await device.close();
  await tend(order.slot);
  const { documents } = await timeFetch(await credentialOf(deps), PAGE_SIZE);
  await timeRawStore(rawOf(order.slot), documents, true);
  return count;
}

/** What a device does about its log a minute after it was filled, when nobody sells. */
async function tend(slot: string): Promise<void> {
  const log = await openLog(await openLogFile(`${databaseNameOf(slot)}--log`, indexedDB));
  const after = (ms: number, act: () => void) => {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  };
  await tendLog(log, { after }, () => true);
  await log.close();
}

/** Opens the device as an app does after a restart, without a connection. */
export async function coldStart(slot: string): Promise<ColdStart> {
  const barcodes: string[] = JSON.parse(must(localStorage.getItem(barcodesOf(slot)), 'the barcodes'));
  const sample: Sample = JSON.parse(must(localStorage.getItem(sampleOf(slot)), 'the sample'));
  const begun = performance.now();
  const device = await openDevice(withoutNetwork(await createBrowserDeps(slot)));
  expectInHand(device, sample);
  const open = performance.now() - begun;
  await chooseSomebody(device);
  const cart = fillCart(device, barcodes, 0);
  const fault = device.till.check(cart);
  const firstSale = performance.now() - begun;
  if (fault) throw new Error(`After a restart the till refuses: ${fault.code}`);
  const sale = await timeSale(device, { ...cart, cartId: `${cart.cartId}-${Date.now()}` as typeof cart.cartId });
  const documents = device.catalogue.all().length;
  await device.close();
  return { open, firstSale, sale, documents };
}

export function readBack(slot: string) {
  return timeReadBack(rawOf(slot));
}
