import type { DeviceEntry } from '../../schema/entry/entry.ts';
import type { CartId } from '../../schema/ids.ts';
import { quantity } from '../../schema/quantity.ts';
import { type Cart, payCash, priceCart } from '../../schema/receipt.ts';
import { must } from '../../schema/result.ts';
import type { Device } from './device.ts';
import { when } from './when.ts';

/** Resolves when a device has all the server has, and the server all the device has: for tests. */
export function inStep(device: Device): Promise<unknown> {
  return when(
    device.sync.status,
    ({ ready, fullSync, connection, waitingEntries, waitingEdits, waitingDrafts }) =>
      ready && fullSync === null && connection === 'online' && waitingEntries + waitingEdits + waitingDrafts === 0,
  );
}

/** Sells one unit of the product with a barcode, in cash: for tests. `cart` is the number of the cart. */
export async function sellOne(device: Device, barcode: string, cart: number): Promise<DeviceEntry> {
  const { id: productId, rev, name, price, unitScale, taxId } = must(device.catalogue.byBarcode(barcode), 'a product');
  const line = { productId, rev, name, unitPrice: price, unitScale, taxId, quantity: quantity(1) };
  const sold: Cart = { cartId: `cart-${String(cart).padStart(8, '0')}` as CartId, lines: [line] };
  const { due } = priceCart(sold, must(device.company.rules.get(), 'rules')).totals;
  const sale = await device.till.sell(sold, [payCash(due, due)]);
  if (!sale.ok) throw new Error(sale.error.code);
  return sale.value;
}
