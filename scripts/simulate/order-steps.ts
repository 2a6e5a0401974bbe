import type { DraftId } from '../../schema/draft.ts';
import type { DeviceId, ProductId } from '../../schema/ids.ts';
import type { Random } from '../replay/random.ts';
import type { DeviceMachine, OpenTab } from './device-machine.ts';
import type { DeviceStorage } from './device-storage.ts';
import { wishesOf } from './perform.ts';
import type { Play } from './play.ts';
import type { Deed, Lines, Step } from './step.ts';
import { effectsOf, type Wish } from './till-acts.ts';
import { CANARY, HOME } from './world.ts';

/** What managers do with orders to suppliers. */
const ACTS = ['begin', 'add', 'add', 'more', 'apart', 'receive', 'receive', 'throw'] as const;
/** Of the schedules, those whose managers write orders; each has a second manager's device. */
const ORDER_SHARE = 0.25;
/** Of the steps in which nothing happens, those in which a manager does something about an order there. */
const STEP_SHARE = 0.2;

/** So much of a product that somebody put on an order. */
export interface Ordered {
  readonly order: DraftId;
  readonly productId: ProductId;
  readonly units: number;
  readonly by: DeviceId;
  /** The disk that it was written on. */
  readonly on: DeviceStorage;
  /** The device said that it is written. */
  done: boolean;
}

/** The same schedule, with orders written in some of its pauses. Drawn by a chance of its own. */
export function withOrders(steps: readonly Step[], random: Random): Step[] {
  if (!random.chance(ORDER_SHARE)) return [...steps];
  return steps.map((step): Step => {
    if (step.deed.do !== 'wait' || !random.chance(STEP_SHARE)) return step;
    const act = ACTS[random.whole(ACTS.length)] as (typeof ACTS)[number];
    const lines: Lines = [[random.whole(60), 1 + random.whole(9)]];
    return { ...step, deed: { do: 'order', device: random.whole(60), act, which: random.whole(60), lines } };
  });
}

/** A manager writes an order, puts more on one, takes goods in for it, or throws it away; or all put more on one line in the same moment. */
export function performOrder(play: Play, deed: Extract<Deed, { do: 'order' }>): void {
  const managers = play.living().filter(({ name, branch }) => name.startsWith('M') && branch === HOME);
  const chosen = managers[deed.device % Math.max(1, managers.length)];
  for (const machine of deed.act === 'apart' ? managers : managers.filter((one) => one === chosen)) {
    const open = machine.active();
    // A disk that takes nothing is told to the person.
    if (open) act(play, machine, open, deed).catch(() => undefined);
  }
}

async function act(
  play: Play,
  machine: DeviceMachine,
  open: OpenTab,
  { act, which, lines }: Extract<Deed, { do: 'order' }>,
): Promise<void> {
  const { orders } = open.device;
  const wishes = wishesOf(play, machine, lines);
  if (act === 'begin') return void (await orders.begin(CANARY[HOME] as string));
  const all = orders.list();
  const order = all[which % Math.max(1, all.length)];
  if (!order) return;
  if (act === 'throw') return void (which % 4 === 0 && (await orders.discard(order.id)));
  if (act === 'receive') return receive(play, open, order, wishes);
  const line = act === 'add' ? undefined : order.lines[which % Math.max(1, order.lines.length)];
  if (act !== 'add' && !line) return;
  const put = line ? [{ ...(wishes[0] as Wish), productId: line.productId }] : wishes;
  const noted = put.map(({ productId, units }): Ordered => {
    return { order: order.id, productId, units, by: machine.deviceId(), on: machine.storage(), done: false };
  });
  play.ordered.push(...noted);
  const done = line
    ? await orders.changeLine(order.id, line.key, { quantity: line.quantity + (put[0] as Wish).units })
    : await orders.add(order.id, put.map(wanted));
  for (const one of noted) one.done = done.ok;
}

async function receive(
  { world, ordered }: Play,
  { device }: OpenTab,
  order: Parameters<OpenTab['device']['orders']['receive']>[0],
  wishes: readonly Wish[],
): Promise<void> {
  const reference = `delivery-${world.time.now()}-${device.identity.till}-${ordered.length}`;
  world.truth.ask(reference, effectsOf(wishes, 1));
  await device.orders.receive(order, { reference, lines: wishes.map(wanted) });
}

function wanted({ productId, units }: Wish) {
  return { productId, quantity: units, unitCost: null };
}
