import type { Device } from '../../../client/device/device.ts';
import { inStep } from '../../../client/device/node-sale.ts';
import { must } from '../../../schema/result.ts';
import type { SlotOrder } from '../bench-page.ts';
import { credentialOf, enrolSlot, openFull, someGoods } from './bench-device.ts';
import { chooseSomebody, fillCart, timeSale } from './bench-sale.ts';
import { timeFetch } from './fetch-pages.ts';

const PAGE_SIZE = 5_000;
const GOODS = 500;
/** Of a product's name; and products that a list shows. */
const [SEARCHED_LETTERS, FOUND_MAX] = [5, 500];

/** Held as long as the page is there: that is what is weighed. */
let held: Device | null = null;
let bare: readonly unknown[] = [];

export async function hold(order: SlotOrder): Promise<number> {
  held = (await openFull(order)).device;
  return held.catalogue.count();
}

/** A day's sales, handed in to the server as they are made; somebody searches before each. */
export async function sellDay(sales: number): Promise<void> {
  const device = must(held, 'the device');
  await chooseSomebody(device);
  const goods = someGoods(device, GOODS);
  for (let sale = 0; sale < sales; sale += 1) {
    const cart = fillCart(device, goods, sale);
    device.catalogue.search(cart.lines[0]?.name.slice(0, SEARCHED_LETTERS) ?? '', { category: '', limit: FOUND_MAX });
    await timeSale(device, cart);
  }
  await inStep(device);
}

export async function holdBare(order: SlotOrder): Promise<number> {
  const deps = await enrolSlot(order);
  bare = (await timeFetch(await credentialOf(deps), PAGE_SIZE)).documents;
  return bare.length;
}
