import type { ProductId } from '../../schema/ids.ts';
import { correctAsCashier } from './cashier-acts.ts';
import type { DeviceMachine } from './device-machine.ts';
import type { DraftDeed } from './draft-acts.ts';
import { CUSTOMERS } from './kasbon.ts';
import { soldIn } from './make-shop.ts';
import { performOrder } from './order-steps.ts';
import { performFault } from './perform-fault.ts';
import type { Play } from './play.ts';
import type { Lines, Step } from './step.ts';
import { performTicket } from './ticket-steps.ts';
import type { Wish } from './till-acts.ts';
import { performTransfer } from './transfer-steps.ts';

/** Does one step in the world. What it begins goes on by itself; nothing is waited for. */
export function perform(play: Play, { deed }: Step) {
  switch (deed.do) {
    case 'sell':
    case 'refund':
    case 'receive':
    case 'adjust':
      return move(play, deed);
    case 'sell-on-credit':
    case 'pay-back':
      return credit(play, deed);
    case 'shift':
    case 'bring-back':
      return shiftOrReturn(play, deed);
    case 'hold':
    case 'change-held':
    case 'throw-held':
    case 'pay-held':
      return holdCart(play, deed);
    case 'by-cashier':
      return byCashier(play, deed);
    case 'edit':
      return edit(play, deed.product, deed.price);
    case 'ticket':
      return performTicket(play, deed);
    case 'transfer':
      return performTransfer(play, deed);
    case 'order':
      return performOrder(play, deed);
    case 'wait':
      return;
    case 'wake':
      return play.pick(deed.device)?.wake(play.random.chance(0.5) ? 'online' : 'visible');
    default:
      return performFault(play, deed);
  }
}

/** Lines by place become products that this branch sells. */
export function wishesOf(play: Play, machine: DeviceMachine, lines: Lines): Wish[] {
  const products = soldIn(play.world, machine.branch);
  return lines.map(([product, units]) => ({ productId: products[product % products.length] as ProductId, units }));
}

function move(
  play: Play,
  deed: { readonly do: 'sell' | 'refund' | 'receive' | 'adjust'; readonly device: number; readonly lines: Lines },
): void {
  const machine = play.pick(deed.device);
  const open = machine?.active();
  if (!machine || !open) return;
  const wishes = wishesOf(play, machine, deed.lines);
  if (deed.do === 'sell') play.acts.sell(machine, open, wishes);
  else if (deed.do === 'refund') play.acts.refund(machine, open, wishes);
  else if (deed.do === 'receive') play.acts.receive(open, wishes);
  else play.acts.adjust(open, wishes);
}

/** A customer buys on store credit, or brings money for it. */
function credit(play: Play, deed: Extract<Step['deed'], { do: 'sell-on-credit' | 'pay-back' }>): void {
  const machine = play.pick(deed.device);
  const open = machine?.active();
  const customer = CUSTOMERS[deed.customer % CUSTOMERS.length];
  if (!machine || !open || !customer) return;
  if (deed.do === 'pay-back') play.acts.payBack(open, customer, deed.amount);
  else play.acts.sell(machine, open, wishesOf(play, machine, deed.lines), customer);
}

/** The drawer is opened or closed, or goods come back. */
function shiftOrReturn(play: Play, deed: Extract<Step['deed'], { do: 'shift' | 'bring-back' }>): void {
  const machine = play.pick(deed.device);
  const open = machine?.active();
  if (!machine || !open) return;
  if (deed.do === 'shift') play.acts.shift(open, deed.counted);
  else play.acts.bringBack(machine, open, deed);
}

/** Somebody does something with a held cart; a disk that takes nothing is told to them. */
function holdCart(play: Play, deed: Extract<Step['deed'], { do: DraftDeed }>): void {
  const machine = play.pick(deed.device);
  const open = machine?.active();
  if (!machine || !open) return;
  play.draftActs.do(deed.do, machine, open, deed.which, wishesOf(play, machine, deed.lines)).catch(() => undefined);
}

/** A cashier corrects stock; a disk that takes nothing is told to them. */
function byCashier(play: Play, deed: Extract<Step['deed'], { do: 'by-cashier' }>): void {
  const machine = play.pick(deed.device);
  const open = machine?.active();
  if (!machine || !open) return;
  const products = soldIn(play.world, machine.branch);
  const productId = products[deed.product % products.length] as ProductId;
  correctAsCashier(play.world, open, { ...deed, productId }).catch(() => undefined);
}

/** The manager changes a price. */
function edit(play: Play, product: number, price: number): void {
  const open = play.manager()?.active();
  const machine = play.manager();
  if (!machine || !open) return;
  const products = soldIn(play.world, machine.branch);
  play.acts.edit(open, products[product % products.length] as ProductId, price);
}
