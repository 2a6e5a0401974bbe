import type { Order } from '../../client/device/orders.ts';
import type { ProductId } from '../../schema/ids.ts';
import type { DeviceMachine } from './device-machine.ts';
import { isCounted } from './is-counted.ts';
import type { Play } from './play.ts';
import { HOME } from './world.ts';

/**
 * With everything mended: what managers put on an order while apart is all there, and the same at each (ORD1); and what came of it is the
 * sum of the entries that count, whichever device wrote them (ORD2).
 */
export async function checkOrders(play: Play): Promise<void> {
  const managers = play
    .living()
    .filter((one) => one.name.startsWith('M') && one.branch === HOME && !play.isRevoked(one));
  let first: readonly [name: string, shown: string] | undefined;
  for (const machine of managers) {
    const shown = JSON.stringify(shownAt(machine));
    if (first && first[1] !== shown)
      play.world.violate('ORD1', `${first[0]} shows ${first[1]}, ${machine.name} ${shown}`);
    first ??= [machine.name, shown];
    await checkAt(play, machine);
  }
}

async function checkAt(play: Play, machine: DeviceMachine): Promise<void> {
  const { orders } = machine.active()?.device ?? {};
  for (const order of orders?.list() ?? []) {
    const wrong = findWrong(play, order);
    if (wrong) play.world.violate('ORD1', `${machine.name}: ${order.id}: ${wrong}`);
    // A month on, a till's window has none of the first days' entries; and a copied device sees its own in a fork too.
    if (play.world.growsOld || play.world.truth.isForked(machine.deviceId()) || hasLost(play, machine)) continue;
    const arrived = await orders?.receivedOf(order);
    const [shown, truly] = [sumsOf(arrived?.arrivals ?? []), cameOf(play, order)];
    if (textOf(shown) !== textOf(truly))
      play.world.violate(
        'ORD2',
        `${machine.name}: of ${order.id} came ${textOf(truly)}, and it shows ${textOf(shown)}`,
      );
  }
}

/** Its disk lost entries of its own, which the server tells the others alone. */
function hasLost({ world }: Play, machine: DeviceMachine): boolean {
  const { journal } = machine.storage().docs;
  const own = [...world.truth.facts()].filter(({ entry }) => entry.deviceId === machine.deviceId());
  return own.some(({ entry }) => !journal.has(entry.id));
}

/** At least what was surely written on a disk that lives, and at most what anybody ever put there. */
function findWrong(play: Play, { id, lines }: Order): string | null {
  const living = new Set(play.living().map((one) => one.storage()));
  const shown = new Map<ProductId, number>();
  for (const { productId, quantity } of lines) shown.set(productId, (shown.get(productId) ?? 0) + quantity);
  const put = play.ordered.filter(({ order }) => order === id);
  for (const productId of new Set([...shown.keys(), ...put.map((one) => one.productId)])) {
    const ofThis = put.filter((one) => one.productId === productId);
    const sure = ofThis.filter(({ done, on, by }) => done && living.has(on) && !play.world.truth.isForked(by));
    const [least, most] = [sum(sure), sum(ofThis)];
    const has = shown.get(productId) ?? 0;
    if (has < least || has > most) return `${has} of ${productId} stand there, ${least} to ${most} were put`;
  }
  return null;
}

/** What truly came, by the entries that count. */
function cameOf({ world }: Play, { id }: Order): Map<ProductId, number> {
  const lines = [...world.truth.facts()].flatMap(({ entry }) =>
    entry.kind === 'receive' && entry.body.order === (id as string) && isCounted(world, entry) ? entry.body.lines : [],
  );
  return sumsOf(lines.map(({ productId, quantity }) => ({ productId, received: quantity })));
}

function sumsOf(rows: readonly { readonly productId: ProductId; readonly received: number }[]): Map<ProductId, number> {
  const sums = new Map<ProductId, number>();
  for (const { productId, received } of rows)
    if (received > 0) sums.set(productId, (sums.get(productId) ?? 0) + received);
  return sums;
}

function textOf(sums: ReadonlyMap<ProductId, number>): string {
  return JSON.stringify([...sums].sort());
}

function sum(rows: readonly { readonly units: number }[]): number {
  return rows.reduce((all, { units }) => all + units, 0);
}

function shownAt(machine: DeviceMachine) {
  const orders = machine.active()?.device.orders.list() ?? [];
  return orders
    .map(({ id, supplier, lines }) => [
      id,
      supplier,
      lines.map(({ key, productId, quantity }) => [key, productId, quantity]),
    ])
    .sort(([left], [right]) => (String(left) < String(right) ? -1 : 1));
}
