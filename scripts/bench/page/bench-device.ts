import { createBrowserDeps } from '../../../client/device/browser-device.ts';
import type { Device } from '../../../client/device/device.ts';
import type { DeviceDeps } from '../../../client/device/device-deps.ts';
import { enrolDevice } from '../../../client/device/enrol-device.ts';
import { inStep } from '../../../client/device/node-sale.ts';
import { openDevice } from '../../../client/device/open-device.ts';
import type { ProductId } from '../../../schema/ids.ts';
import type { Product } from '../../../schema/product.ts';
import { must } from '../../../schema/result.ts';
import type { SlotOrder } from '../bench-page.ts';

/** Enrols the device of a slot; gives its world. */
export async function enrolSlot({ slot, code }: SlotOrder): Promise<DeviceDeps> {
  const deps = await createBrowserDeps(slot);
  const enrolled = await enrolDevice(deps, { serverAddress: '', code });
  if (!enrolled.ok) throw new Error(`The device was not enrolled: ${enrolled.error}`);
  return deps;
}

/** Enrols a device and pulls all there is. */
export async function openFull(order: SlotOrder): Promise<{ device: Device; deps: DeviceDeps }> {
  const deps = await enrolSlot(order);
  const device = await openDevice(deps);
  await inStep(device);
  return { device, deps };
}

/** The same world without a network. */
export function withoutNetwork(deps: DeviceDeps): DeviceDeps {
  const fetch = () => Promise.reject(new TypeError('There is no connection.'));
  return { ...deps, fetch, openSocket: () => ({ send: () => undefined, close: () => undefined }) };
}

/** What this device shows itself with to the server. */
export async function credentialOf({ vault }: DeviceDeps): Promise<string> {
  return must(await vault.get('enrolment'), 'the enrolment').credential;
}

/** Products sold by the piece, spread over the catalogue: their barcodes, or ids of those that have none. */
export function someGoods({ catalogue }: Device, wanted: number): string[] {
  const usable = catalogue.all().filter(({ unitScale, active }) => unitScale === 1 && active);
  const step = Math.max(1, Math.floor(usable.length / wanted));
  return usable
    .filter((_, index) => index % step === 0)
    .slice(0, wanted)
    .map(({ barcodes, id }) => barcodes[0] ?? id);
}

/** A product by what {@link someGoods} calls it. */
export function findGood({ catalogue }: Device, good: string): Product {
  return must(catalogue.byBarcode(good) ?? catalogue.product(good as ProductId), 'a product');
}
