import type { BranchId, TransferId } from '../../schema/ids.ts';
import { COMPANY_SCOPE } from '../../schema/ids.ts';
import { quantity } from '../../schema/quantity.ts';
import type { Random } from '../replay/random.ts';
import type { OpenTab } from './device-machine.ts';
import type { Play } from './play.ts';
import type { Deed, Lines, Step } from './step.ts';
import { effectsOf, type Wish } from './till-acts.ts';
import { ELSEWHERE, HOME, type World } from './world.ts';

/** What people do with goods that go to the other branch. */
const ACTS = ['send', 'send', 'arrive'] as const;
/** Of the schedules, those whose branches send each other goods. */
const TRANSFER_SHARE = 0.25;
/** Of the steps in which nothing happens, those in which something is sent or arrives there. */
const STEP_SHARE = 0.12;

/** Goods on their way, as the note that travels with them says. */
export interface Delivery {
  readonly transferId: TransferId;
  readonly from: BranchId;
  readonly to: BranchId;
  readonly wishes: readonly Wish[];
}

/** The same schedule, with goods sent between the branches in some of its pauses. Drawn by a chance of its own. */
export function withTransfers(steps: readonly Step[], random: Random): Step[] {
  if (!random.chance(TRANSFER_SHARE)) return [...steps];
  return steps.map((step): Step => {
    if (step.deed.do !== 'wait' || !random.chance(STEP_SHARE)) return step;
    const act = ACTS[random.whole(ACTS.length)] as (typeof ACTS)[number];
    const lines: Lines = [[random.whole(60), 1 + random.whole(4)]];
    return { ...step, deed: { do: 'transfer', device: random.whole(60), act, which: random.whole(60), lines } };
  });
}

/** Somebody sends goods to the other branch, or enters what arrived from there: all of it, or one less; some twice. */
export function performTransfer(play: Play, deed: Extract<Deed, { do: 'transfer' }>): void {
  const machine = play.pick(deed.device);
  const open = machine?.active();
  if (!machine || !open) return;
  const work =
    deed.act === 'send' ? send(play, machine.branch, open, deed.lines) : arrive(play, machine.branch, open, deed.which);
  // A disk that takes nothing is told to the person.
  work.catch(() => undefined);
}

async function send({ world, deliveries }: Play, from: BranchId, { device }: OpenTab, lines: Lines): Promise<void> {
  const transferId = `transfer-${deliveries.length + 1}` as TransferId;
  const to = from === HOME ? ELSEWHERE : HOME;
  const wishes = wishesOf(world, lines);
  deliveries.push({ transferId, from, to, wishes });
  world.truth.ask(`transfer-out ${transferId}`, effectsOf(wishes, -1));
  await device.till.record('transfer-out', { transferId, toBranch: to, lines: linesOf(wishes) });
}

async function arrive({ world, deliveries }: Play, here: BranchId, { device }: OpenTab, which: number): Promise<void> {
  const coming = deliveries.filter(({ to }) => to === here);
  const delivery = coming[which % Math.max(1, coming.length)];
  if (!delivery) return;
  const { transferId, from, wishes } = delivery;
  const isLess = which % 3 === 0;
  const arrived = wishes.map(({ productId, units }) => ({ productId, units: isLess ? Math.max(1, units - 1) : units }));
  world.truth.ask(`transfer-in ${transferId}`, effectsOf(arrived, 1));
  await device.till.record('transfer-in', { transferId, fromBranch: from, lines: linesOf(arrived) });
}

/** What both branches sell. */
function wishesOf({ products }: World, lines: Lines): Wish[] {
  const shared = products.filter(({ scope }) => scope === COMPANY_SCOPE).map(({ id }) => id);
  return lines.map(([product, units]) => ({ productId: shared[product % shared.length] as Wish['productId'], units }));
}

function linesOf(wishes: readonly Wish[]) {
  return wishes.map(({ productId, units }) => ({ productId, quantity: quantity(units) }));
}
