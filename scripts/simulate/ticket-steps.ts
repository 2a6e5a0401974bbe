import type { Random } from '../replay/random.ts';
import { TICKET } from './limited.ts';
import type { Play } from './play.ts';
import type { Deed, Step } from './step.ts';

/** What people do with a limited product: more is sold than comes in, so that it runs out again and again. */
const ACTS = ['sell', 'sell', 'sell', 'ask', 'ask', 'refund', 'receive'] as const;
/** Of the schedules, those whose shop sells it. */
const TICKET_SHARE = 0.25;
/** Of the steps in which nothing happens, those in which somebody wants tickets there. */
const STEP_SHARE = 0.15;
/** How many arrive at once, and how many are asked for and sold at most. */
const DELIVERY = 12;
const ASKED_MAX = 15;
const SOLD_MAX = 4;

/** The same schedule, with tickets sold in some of its pauses, in a shop that has them. Drawn by a chance of its own. */
export function withTickets(steps: readonly Step[], random: Random): Step[] {
  if (!random.chance(TICKET_SHARE)) return [...steps];
  return steps.map((step): Step => {
    if (step.deed.do !== 'wait' || !random.chance(STEP_SHARE)) return step;
    const act = ACTS[random.whole(ACTS.length)] as (typeof ACTS)[number];
    const units = act === 'receive' ? DELIVERY : 1 + random.whole(act === 'ask' ? ASKED_MAX : SOLD_MAX);
    return { ...step, deed: { do: 'ticket', device: random.whole(60), act, units } };
  });
}

/** Somebody buys, brings back or delivers tickets, or a till asks for more than it holds. */
export function performTicket(play: Play, { device, act, units }: Extract<Deed, { do: 'ticket' }>): void {
  const machine = play.pick(device);
  const open = machine?.active();
  if (!machine || !open || open.device.catalogue.product(TICKET) === undefined) return;
  const wishes = [{ productId: TICKET, units }];
  if (act === 'receive') play.acts.receive(open, wishes);
  else if (act === 'refund') play.acts.refund(machine, open, wishes);
  else if (act === 'sell') play.acts.sell(machine, open, wishes);
  else open.device.shares.askNow(TICKET, units).catch(() => undefined);
}
