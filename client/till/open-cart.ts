import { z } from 'zod';
import { type CartId, cartIdShape, productIdShape } from '../../schema/ids.ts';
import { moneyShape } from '../../schema/money.ts';
import { quantityShape, unitScaleShape } from '../../schema/quantity.ts';
import type { Cart } from '../../schema/receipt.ts';
import { revisionShape } from '../../schema/revision.ts';
import { discountShape } from '../../schema/totals.ts';
import type { TextStore } from '../app/deps.ts';
import { createLive, type Live } from '../device/live.ts';
import { type CartChange, changeCart } from './cart-change.ts';

/** The cart now open at this device; every change is kept, so that a reload finds it again. */
export interface OpenCart {
  readonly cart: Live<Cart>;
  change(change: CartChange): void;
  /** Puts back what a clearing or removal took. */
  restore(cart: Cart): void;
  /** A new, empty cart with a new id: after a sale, or when it is cleared. */
  renew(): void;
}

const keptCartShape = z.object({
  cartId: cartIdShape,
  lines: z.array(
    z.object({
      productId: productIdShape.optional(),
      rev: revisionShape.optional(),
      name: z.string(),
      barcode: z.string().optional(),
      quantity: quantityShape.min(1),
      unitScale: unitScaleShape,
      unitPrice: moneyShape.min(0),
      discount: discountShape.optional(),
      taxId: z.string().optional(),
      note: z.string().optional(),
    }),
  ),
  discount: discountShape.optional(),
  note: z.string().optional(),
});

interface OpenCartDeps {
  readonly texts: TextStore;
  /** One cart per device of this browser. */
  readonly slot: string;
  newId(): string;
}

/** Opens the kept cart of this slot, or a new one. What cannot be read is left behind: nobody paid for it. */
export function openCart({ texts, slot, newId }: OpenCartDeps): OpenCart {
  const key = `laci.cart.${slot}`;
  const empty = (): Cart => ({ cartId: newId() as CartId, lines: [] });
  const cart = createLive<Cart>(readKept(texts.getItem(key)) ?? empty());
  const keep = (next: Cart) => {
    texts.setItem(key, JSON.stringify(next));
    cart.set(next);
  };
  // Another tab of this device may have sold its cart since: a change is made to what is open now.
  const current = () => readKept(texts.getItem(key)) ?? cart.get();
  return {
    cart,
    change: (change) => keep(changeCart(current(), change)),
    restore: keep,
    renew: () => keep(empty()),
  };
}

function readKept(text: string | null): Cart | null {
  if (text === null) return null;
  try {
    const parsed = keptCartShape.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
