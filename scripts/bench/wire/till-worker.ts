import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import type { Device } from '../../../client/device/device.ts';
import { enrolDevice } from '../../../client/device/enrol-device.ts';
import { createNodeDeps } from '../../../client/device/node-device.ts';
import { openDevice } from '../../../client/device/open-device.ts';
import type { CartId, ProductId } from '../../../schema/ids.ts';
import type { Product } from '../../../schema/product.ts';
import { quantity } from '../../../schema/quantity.ts';
import { type Cart, payExactly, priceCart } from '../../../schema/receipt.ts';
import { must } from '../../../schema/result.ts';
import { openPackingSocket } from './packing-socket.ts';
import type { HeldStock, TillJob, TillRequest } from './till-messages.ts';
import { SALE_LINES } from './wire-stack.ts';

/** One till with the whole client stack, in a thread of its own, that sells when it is told to. */
const job = workerData as TillJob;
const port = must(parentPort, 'the parent thread');
const LOOK_MS = 20;

async function open(): Promise<Device> {
  const deps = createNodeDeps(job.name, job.origin, { openSocket: openPackingSocket });
  const enrolled = await enrolDevice(deps, { serverAddress: '', code: job.code });
  if (!enrolled.ok) throw new Error(`${job.name} was not enrolled: ${enrolled.error}`);
  return openDevice(deps);
}

/** All is pulled, and all is sent. */
async function settle(device: Device): Promise<void> {
  for (;;) {
    const { ready, waitingEntries, connection } = device.sync.status.get();
    const { collections } = ready ? await device.sync.inspect() : { collections: [] };
    const isLevel = collections.length > 0 && collections.every(({ lag }) => lag === 0);
    if (isLevel && waitingEntries === 0 && connection === 'online') return;
    await sleep(LOOK_MS);
  }
}

let carts = 0;
/** Other products each time: a real sale repeats little of the one before. */
function nextProducts({ catalogue }: Device): Product[] {
  const first = (carts * SALE_LINES) % Math.max(1, catalogue.count() - SALE_LINES);
  return catalogue.search('', { category: '', limit: first + SALE_LINES }).slice(first);
}

async function sell(device: Device): Promise<unknown> {
  if (!device.company.person.get())
    await device.company.choosePerson(must(device.company.people.get()[0], 'a person').person);
  const lines = nextProducts(device).map(({ id, rev, name, barcodes, price, unitScale, taxId }) => {
    const named = { productId: id, rev, name, ...(barcodes[0] === undefined ? {} : { barcode: barcodes[0] }) };
    return { ...named, quantity: quantity(1), unitPrice: price, unitScale, taxId };
  });
  carts += 1;
  const cart: Cart = { cartId: `bench-${device.identity.deviceId}-${carts}` as CartId, lines };
  const { due } = priceCart(cart, must(device.company.rules.get(), 'the shop settings')).totals;
  soldAt = now();
  const sold = await device.till.sell(cart, [payExactly('cash', due)]);
  if (!sold.ok) throw new Error(`The till refused: ${sold.error.code}`);
  return sold.value;
}

/** Every thread's clock begins with itself. */
const now = () => performance.timeOrigin + performance.now();
let soldAt = Number.NaN;

function hear({ stock }: Device, { product, onHand }: HeldStock): Promise<number> {
  return new Promise((resolve) => {
    const look = () => {
      if (stock.onHand(product as ProductId) === onHand) return;
      cancel();
      resolve(now());
    };
    const cancel = stock.version.subscribe(look);
    look();
  });
}

async function answer(device: Device, request: TillRequest): Promise<unknown> {
  const { ask } = request;
  if (ask === 'sell') return sell(device);
  if (ask === 'sell-timed') return sell(device).then(() => soldAt);
  if (ask === 'next') return must(nextProducts(device)[0], 'a product').id;
  if (ask === 'stock') return { product: request.product, onHand: device.stock.onHand(request.product as ProductId) };
  if (ask === 'hear') return hear(device, request.held);
  if (ask === 'close') return device.close();
  await settle(device);
  return device.catalogue.count();
}

const opened = open();
port.on('message', (request: TillRequest) => {
  opened
    .then((device) => answer(device, request))
    .then(
      (value) => port.postMessage({ value }),
      (error: unknown) => port.postMessage({ failed: error instanceof Error ? error.stack : String(error) }),
    );
});
