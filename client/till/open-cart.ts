import type { CartId } from '../../schema/ids.ts';
import type { Cart } from '../../schema/receipt.ts';
import type { TextStore } from '../app/deps.ts';
import { createLive, type Live } from '../device/live.ts';
import { type CartChange, changeCart } from './cart-change.ts';
import { cartKey } from './cart-key.ts';
import { readKeptCart } from './kept-cart.ts';

/** The cart now open at this device; every change is kept, so that a reload finds it again. */
export interface OpenCart {
  readonly cart: Live<Cart>;
  change(change: CartChange): void;
  /** Puts another cart in the place of the open one, e.g. one that was held. */
  restore(cart: Cart): void;
  /** The open cart as it is now, other tills' changes among it; nothing before it can be undone, or theirs would be. */
  adopt(cart: Cart): void;
  /** A new, empty cart with a new id in its place; {@link undo} brings it back. */
  clear(): void;
  /** Takes the last change back; false when there is none since the last sale or reload. */
  undo(): boolean;
  /** A new, empty cart with a new id: after a sale. Nothing before it can be undone. */
  renew(): void;
}

/** Changes that can be undone, newest last. */
const UNDO_MAX = 50;

interface OpenCartDeps {
  readonly texts: TextStore;
  /** One cart per device of this browser. */
  readonly slot: string;
  newId(): string;
}

/** Opens the kept cart of this slot, or a new one. What cannot be read is left behind: nobody paid for it. */
export function openCart({ texts, slot, newId }: OpenCartDeps): OpenCart {
  const key = cartKey(slot);
  const empty = (): Cart => ({ cartId: newId() as CartId, lines: [] });
  const cart = createLive<Cart>(readKeptCart(texts.getItem(key)) ?? empty());
  let past: Cart[] = [];
  const keep = (next: Cart) => {
    texts.setItem(key, JSON.stringify(next));
    cart.set(next);
  };
  // Another tab of this device may have sold its cart since: a change is made to what is open now.
  const current = () => readKeptCart(texts.getItem(key)) ?? cart.get();
  const replace = (next: Cart) => {
    past = [...past, current()].slice(-UNDO_MAX);
    keep(next);
  };
  return {
    cart,
    change: (change) => replace(changeCart(current(), change)),
    restore: replace,
    adopt: (next) => {
      past = [];
      keep(next);
    },
    clear: () => replace(empty()),
    undo: () => {
      const before = past.pop();
      if (before) keep(before);
      return before !== undefined;
    },
    renew: () => {
      past = [];
      keep(empty());
    },
  };
}
