import type { HeldCart } from '../../client/device/drafts.ts';
import type { CartId } from '../../schema/ids.ts';
import { money } from '../../schema/money.ts';
import { quantity } from '../../schema/quantity.ts';
import { type Cart, type CartLine, payCash, priceCart } from '../../schema/receipt.ts';
import type { DeviceMachine, OpenTab } from './device-machine.ts';
import { effectsOf, type Wish } from './till-acts.ts';
import { CANARY, type World } from './world.ts';

/** What people do with held carts: `hold` one, `change` one that is held, `throw` it away, or `pay` it. */
export type DraftDeed = 'hold' | 'change-held' | 'throw-held' | 'pay-held';

export interface DraftActs {
  /** `which` names a held cart by its place in the till's list. Resolves when the device has done it, or refused. */
  do(deed: DraftDeed, machine: DeviceMachine, open: OpenTab, which: number, wishes: readonly Wish[]): Promise<void>;
}

export function createDraftActs(world: World): DraftActs {
  let carts = 0;
  const newId = (machine: DeviceMachine): CartId => {
    carts += 1;
    return `held-${machine.name}-${String(carts).padStart(6, '0')}` as CartId;
  };
  const linesOf = ({ device }: OpenTab, wishes: readonly Wish[]): CartLine[] =>
    wishes.flatMap(({ productId, units }) => {
      const product = device.catalogue.product(productId);
      if (!product) return [];
      const { rev, name, unitScale, price: unitPrice, taxId } = product;
      return [{ productId, rev, name, quantity: quantity(units), unitScale, unitPrice, taxId }];
    });
  /** Takes it over, and makes of it what `wish` says: as the sell screen does. */
  const change = async ({ device }: OpenTab, { id }: HeldCart, wish: (cart: Cart) => Cart): Promise<void> => {
    const taken = await device.drafts.takeOver(id);
    if (!taken.ok) return;
    device.drafts.follow(taken.value);
    device.drafts.follow(wish(taken.value));
  };
  const pay = async (open: OpenTab, { cart }: HeldCart): Promise<void> => {
    const { till, company } = open.device;
    const rules = company.rules.get();
    if (!rules || cart.lines.length === 0 || till.check(cart)) return;
    world.truth.ask(cart.cartId, effectsOf(cart.lines.map(wishOf), -1));
    const { due } = priceCart(cart, rules).totals;
    await till.sell(cart, [payCash(due, money(due + 1_000))]);
  };
  return {
    do: async (deed, machine, open, which, wishes) => {
      const { drafts } = open.device;
      const added = linesOf(open, wishes);
      if (deed === 'hold') {
        const cart: Cart = { cartId: newId(machine), lines: added, note: CANARY[machine.branch] };
        await drafts.hold(cart, `cart ${which}`);
        return;
      }
      const list = drafts.list.get();
      const held = list[which % Math.max(1, list.length)];
      if (!held) return;
      if (deed === 'throw-held') await drafts.discard(held.id);
      else if (deed === 'pay-held') await pay(open, held);
      // Every third change takes the first line out beside what it adds.
      else
        await change(open, held, (cart) => ({
          ...cart,
          lines: [...cart.lines.slice(which % 3 === 0 ? 1 : 0), ...added],
        }));
    },
  };
}

function wishOf({ productId, quantity: units }: CartLine): Wish {
  return { productId: productId as Wish['productId'], units };
}
