import type { CartId, CustomerId, ProductId } from '../../schema/ids.ts';
import { money } from '../../schema/money.ts';
import { quantity } from '../../schema/quantity.ts';
import { type Cart, type CartLine, payCash, payExactly, priceCart } from '../../schema/receipt.ts';
import type { StockEffect } from '../../schema/stock/effect.ts';
import type { DeviceMachine, OpenTab } from './device-machine.ts';
import { accountEffect, splitOnCredit } from './kasbon.ts';
import { bringBack, openOrClose } from './shift-acts.ts';
import type { World } from './world.ts';
import { CANARY } from './world.ts';

/** What a customer buys or brings back. */
export interface Wish {
  readonly productId: ProductId;
  readonly units: number;
}

/** A sale that was begun; it must end soon, whatever the network does (I11). */
export interface BegunSale {
  readonly machine: DeviceMachine;
  readonly open: OpenTab;
  readonly at: number;
  done: boolean;
}

/** What people do at the devices of a world. Nothing here waits: whatever is begun goes on in its tab, or ends with it. */
export interface TillActs {
  /** With a customer, a part of it is owed. */
  sell(machine: DeviceMachine, open: OpenTab, wishes: readonly Wish[], customer?: CustomerId): void;
  payBack(open: OpenTab, customer: CustomerId, amount: number): void;
  /** Sells a cart that is on no screen: what a frozen tab was about to write. */
  sellAside(machine: DeviceMachine, open: OpenTab, wishes: readonly Wish[]): void;
  refund(machine: DeviceMachine, open: OpenTab, wishes: readonly Wish[]): void;
  /** Opens a shift, or counts and closes the open one. */
  shift(open: OpenTab, counted: number): void;
  bringBack(machine: DeviceMachine, open: OpenTab, what: { readonly receipt: number; readonly units: number }): void;
  receive(open: OpenTab, wishes: readonly Wish[]): void;
  /** Units may be negative. */
  adjust(open: OpenTab, wishes: readonly Wish[]): void;
  edit(open: OpenTab, productId: ProductId, price: number): void;
  begun(): readonly BegunSale[];
}

export function createTillActs(world: World): TillActs {
  let sales: BegunSale[] = [];
  let moves = 0;
  /** Carts that a tab sold which had slept: longer than anybody who took over waited for it (TAB3). */
  const soldLate = new Set<CartId>();
  const newKey = (what: string) => {
    moves += 1;
    return `${what}-${moves}`;
  };
  const begin = (machine: DeviceMachine, open: OpenTab, work: Promise<unknown>) => {
    const sale: BegunSale = { machine, open, at: world.time.now(), done: false };
    sales = [...sales.filter(({ done }) => !done), sale];
    const end = () => {
      sale.done = true;
    };
    work.then(end, end);
  };
  return {
    sell: (machine, open, wishes, customer) =>
      begin(machine, open, sell({ world, machine, soldLate }, open, wishes, customer)),
    payBack: (open, customer, amount) => {
      const note = newKey('pay-back');
      world.truth.ask(note, [accountEffect(customer, amount, -1)]);
      const payment = payExactly('cash', money(amount));
      ignore(open.device.payments.payBack({ customer, name: customer, payment, note }));
    },
    sellAside: (machine, open, wishes) => begin(machine, open, sellAside(world, machine, open, wishes)),
    refund: (machine, open, wishes) => begin(machine, open, refund(world, machine, open, wishes)),
    shift: (open, counted) => ignore(openOrClose(open, counted)),
    bringBack: (machine, open, what) => begin(machine, open, bringBack(world, machine, open, what)),
    receive: (open, wishes) => {
      const reference = newKey('receive');
      world.truth.ask(reference, effectsOf(wishes, 1));
      const lines = wishes.map(({ productId, units }) => ({ productId, quantity: quantity(units) }));
      ignore(open.device.till.receive({ reference, lines }));
    },
    adjust: (open, wishes) => {
      const reason = newKey('adjust');
      world.truth.ask(reason, effectsOf(wishes, 1));
      const lines = wishes.map(({ productId, units }) => ({ productId, delta: quantity(units) }));
      ignore(open.device.till.adjust({ reason, lines }));
    },
    edit: (open, productId, price) => ignore(open.device.office.editProduct(productId, { price: money(price) })),
    begun: () => sales.filter(({ done }) => !done),
  };
}

/** A disk that takes nothing is told to the person, who tries again later. */
function ignore(work: Promise<unknown>): void {
  work.catch(() => undefined);
}

/** What the person means: the plain sums. */
export function effectsOf(wishes: readonly Wish[], sign: 1 | -1): StockEffect[] {
  const sums = new Map<ProductId, { in: number; out: number }>();
  for (const { productId, units } of wishes) {
    const sum = sums.get(productId) ?? { in: 0, out: 0 };
    if (sign * units > 0) sum.in += Math.abs(units);
    else sum.out += Math.abs(units);
    sums.set(productId, sum);
  }
  return [...sums].map(([productId, sum]) => ({ productId, ...sum }));
}

/** Fills the cart that is open at this tab, asks everything that could refuse it, takes the money, and closes the cart. */
async function sell(
  { world, machine, soldLate }: { world: World; machine: DeviceMachine; soldLate: Set<CartId> },
  open: OpenTab,
  wishes: readonly Wish[],
  customer?: CustomerId,
): Promise<void> {
  const { till } = open.device;
  let cart = fillCart(open, machine, wishes);
  const fault = till.check(cart);
  if (fault?.code === 'cart-sold') {
    // It was sold before a crash, and is closed now.
    world.count('F28');
    open.cart.renew();
    cart = fillCart(open, machine, wishes);
    if (till.check(cart)) return;
  } else if (fault) return;
  const credit = customer === undefined || cart.lines.length === 0 ? null : { customer, ...splitOnCredit(cart) };
  const owed = credit && credit.owed > 0 ? [accountEffect(credit.customer, credit.owed, 1)] : [];
  world.truth.ask(cart.cartId, [...effectsOf(wishes, -1), ...owed]);
  const answer = credit
    ? await till.sell({ ...cart, customer: { id: credit.customer, name: credit.customer } }, credit.payments)
    : await till.sell(cart, [paymentOf(open, cart)]);
  if (answer.ok) {
    if (open.tab.wasFrozen()) soldLate.add(cart.cartId);
    open.cart.renew();
  }
  // Money was asked for a cart that was sold: what slept could not know, nor who had waited for it in vain.
  else if (answer.error.code === 'cart-sold' && !open.tab.wasFrozen() && !soldLate.has(cart.cartId))
    world.violate('TAB3', `${machine.name}: cart ${cart.cartId} was paid while another tab wrote its sale`);
}

async function sellAside(world: World, machine: DeviceMachine, open: OpenTab, wishes: readonly Wish[]): Promise<void> {
  const cart = { ...fillCart(open, machine, wishes), cartId: `aside-${world.time.now()}-${machine.name}` as CartId };
  if (open.device.till.check(cart)) return;
  world.truth.ask(cart.cartId, effectsOf(wishes, -1));
  await open.device.till.sell(cart, [paymentOf(open, cart)]);
}

async function refund(world: World, machine: DeviceMachine, open: OpenTab, wishes: readonly Wish[]): Promise<void> {
  const { till } = open.device;
  const cart = { ...fillCart(open, machine, wishes), cartId: `refund-${world.time.now()}-${machine.name}` as CartId };
  if (till.check(cart)) return;
  world.truth.ask(cart.cartId, effectsOf(wishes, 1));
  await till.refund({ cart, payments: [paymentOf(open, cart)], reason: 'rusak' });
}

function fillCart({ cart, device }: OpenTab, { branch }: DeviceMachine, wishes: readonly Wish[]): Cart {
  const lines = wishes.flatMap(({ productId, units }): CartLine[] => {
    const product = device.catalogue.product(productId);
    if (!product) return [];
    const { rev, name, unitScale, price: unitPrice, taxId } = product;
    return [{ productId, rev, name, quantity: quantity(units), unitScale, unitPrice, taxId }];
  });
  const filled = { cartId: cart.cart.get().cartId, lines, note: CANARY[branch] };
  cart.restore(filled);
  return filled;
}

function paymentOf({ device }: OpenTab, cart: Cart) {
  const rules = device.company.rules.get();
  if (!rules) throw new Error('A cart was checked without rules.');
  const { due } = priceCart(cart, rules).totals;
  return payCash(due, money(due + 1_000));
}
