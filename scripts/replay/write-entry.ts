import type { Device, SellFault } from '../../client/device/device.ts';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import type { CartId } from '../../schema/ids.ts';
import { type Money, money } from '../../schema/money.ts';
import { quantity } from '../../schema/quantity.ts';
import { type Cart, type CartLine, payExactly, priceCart } from '../../schema/receipt.ts';
import { fail, must, type Result } from '../../schema/result.ts';
import { markReason } from './content.ts';
import type { PlannedEntry, PlannedLine } from './plan.ts';

/**
 * Writes one planned entry the way the till's screen does: products by barcode, check before payment, then sell.
 * Throws when the till refuses, because a real sale from the file may not be refused.
 */
export async function writeEntry(device: Device, planned: PlannedEntry): Promise<DeviceEntry> {
  const written = await writePart(device, planned);
  if (written.ok) return written.value;
  throw new Error(`The ${planned.part} of invoice ${planned.invoice} was refused: ${JSON.stringify(written.error)}`);
}

function writePart(device: Device, planned: PlannedEntry): Promise<Result<DeviceEntry, SellFault>> {
  switch (planned.part) {
    case 'sale':
      return sell(device, planned);
    case 'refund':
      return refund(device, planned);
    case 'adjust':
      return adjust(device, planned);
    case 'correction':
      return correct(device, planned);
  }
}

async function sell(device: Device, planned: PlannedEntry): Promise<Result<DeviceEntry, SellFault>> {
  const cart = cartOf(device, planned);
  const fault = device.till.check(cart);
  return fault ? fail(fault) : device.till.sell(cart, [payExactly('cash', dueFor(device, cart))]);
}

function refund(device: Device, planned: PlannedEntry): Promise<Result<DeviceEntry, SellFault>> {
  const cart = cartOf(device, planned);
  return device.till.refund({ cart, payments: [payExactly('cash', dueFor(device, cart))], reason: planned.reason });
}

function adjust(device: Device, { lines, reason, key }: PlannedEntry): Promise<Result<DeviceEntry, SellFault>> {
  const moved = lines.map((line) => ({ productId: productOf(device, line).id, delta: quantity(line.quantity) }));
  return device.till.adjust({ reason: markReason(reason, key), lines: moved });
}

/** A negative price takes money from the drawer; a negative quantity at a negative price puts it there. */
function correct(device: Device, { lines, reason, key }: PlannedEntry): Promise<Result<DeviceEntry, SellFault>> {
  const amount = lines.reduce((sum, line) => sum + line.quantity * line.price, 0);
  const body = { amount: money(Math.abs(amount)), reason: markReason(reason, key) };
  return device.till.record(amount < 0 ? 'cash-out' : 'cash-in', body);
}

type Shop = Pick<Device, 'catalogue' | 'company'>;

function cartOf(device: Shop, { key, lines }: PlannedEntry): Cart {
  return { cartId: key as CartId, lines: lines.map((line) => cartLine(device, line)) };
}

/** The price is the file's, where it is another than the catalogue's set by a person in its place: the same product sold at several. */
function cartLine(device: Shop, line: PlannedLine): CartLine {
  const { id, rev, unitScale, taxId, price } = productOf(device, line);
  const isOther = line.price !== price;
  const asked = {
    name: line.name,
    barcode: line.barcode,
    quantity: quantity(line.quantity),
    unitPrice: money(line.price),
    ...(isOther ? { listPrice: price } : {}),
  };
  return { productId: id, rev, ...asked, unitScale, taxId };
}

function productOf({ catalogue }: Pick<Device, 'catalogue'>, line: PlannedLine) {
  return must(catalogue.byBarcode(line.barcode), `product ${line.barcode}`);
}

function dueFor({ company }: Pick<Device, 'company'>, cart: Cart): Money {
  return priceCart(cart, must(company.rules.get(), 'the shop settings')).totals.due;
}
