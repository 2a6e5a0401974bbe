import type { Device } from '../../../client/device/device.ts';
import type { CartId } from '../../../schema/ids.ts';
import { quantity } from '../../../schema/quantity.ts';
import { type Cart, payExactly, priceCart } from '../../../schema/receipt.ts';
import { must } from '../../../schema/result.ts';
import { SALE_LINES } from '../till/till-round.ts';
import { findGood } from './bench-device.ts';

/** A cart of five lines, found by barcode, as a scanner fills it, where products have one; other products for each number. */
export function fillCart(device: Device, goods: readonly string[], cart: number): Cart {
  const lines = Array.from({ length: SALE_LINES }, (_, index) => {
    const good = must(goods[(cart * SALE_LINES + index) % goods.length], 'a product of the shop');
    const { id: productId, rev, name, barcodes, price, unitScale, taxId } = findGood(device, good);
    const [barcode] = barcodes;
    const named = { productId, rev, name, ...(barcode === undefined ? {} : { barcode }) };
    return { ...named, unitPrice: price, unitScale, taxId, quantity: quantity(1) };
  });
  return { cartId: `bench-${device.identity.deviceId}-${cart}` as CartId, lines };
}

/** Sells a cart; resolves when it is on the disk. Gives how long that took, the counting of the money left out. */
export async function timeSale(device: Device, cart: Cart): Promise<number> {
  const begun = await sellNow(device, cart);
  return performance.now() - begun;
}

/** Sells a cart; resolves when that is answered. Gives when the money was there, in `performance.now()`. */
export async function sellNow(device: Device, cart: Cart): Promise<number> {
  const { due } = priceCart(cart, must(device.company.rules.get(), 'the shop settings')).totals;
  const payments = [payExactly('cash', due)];
  const begun = performance.now();
  const sold = await device.till.sell(cart, payments);
  if (!sold.ok) throw new Error(`The till refused: ${sold.error.code}`);
  return begun;
}

/** Somebody must be there to sell. */
export async function chooseSomebody({ company }: Device): Promise<void> {
  if (!company.person.get()) await company.choosePerson(must(company.people.get()[0], 'a person').person);
}
