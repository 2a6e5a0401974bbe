import { z } from 'zod';
import { type CartId, deviceIdShape, splitEntryId, tillCodeShape } from '../../schema/ids.ts';
import type { Cart, CartLine } from '../../schema/receipt.ts';
import { type HeldLine, type KeyedCart, readCart } from '../drafts/cart-draft.ts';
import type { KnownDraft } from '../store/draft-book.ts';
import type { CartPlace, HeldCart, LineMark, MergedCart } from './drafts.ts';

/** Fields of a cart's draft beside the cart's own. */
export const NAME = 'name';
export const PLACE = 'place';
export const DISCARDED = 'discarded';
/** Characters of a held cart's name. */
export const HELD_NAME_MAX = 40;

const placeShape = z.object({
  state: z.enum(['parked', 'open', 'paying']),
  device: deviceIdShape,
  till: tillCodeShape,
  at: z.int(),
});

/** A draft as people see it in the list; null for what is no waiting cart any more. */
export function heldCart(draft: KnownDraft, isSold: (id: CartId) => boolean): HeldCart | null {
  const { id, kind, content, ending, waiting } = draft;
  const isGone = content.fields[DISCARDED] === true && content.rows.length === 0;
  if (kind !== 'cart' || ending?.how === 'paid' || isSold(id) || isGone) return null;
  const { cart, lines } = readCart(id, content);
  const { [NAME]: name } = content.fields;
  const shownName = typeof name === 'string' ? name.slice(0, HELD_NAME_MAX) : '';
  return { id, name: shownName, cart, marks: lines.map(markOf), place: placeOf(draft), waiting };
}

function placeOf({ content }: KnownDraft): CartPlace | null {
  return placeShape.safeParse(content.fields[PLACE]).data ?? null;
}

function markOf({ mark, by }: HeldLine): LineMark | null {
  return mark === null ? null : { kind: mark, by: [...new Set(by)] };
}

/** What a cart became, beside what this device showed of it. */
export function mergedCart(before: KeyedCart, after: KeyedCart): MergedCart {
  const known = new Set(before.lines.map(({ key }) => key));
  const fresh = after.lines.filter(({ key }) => !known.has(key));
  const by = [...new Set(fresh.flatMap((line) => line.by))].sort();
  return { cart: after.cart, marks: after.lines.map(markOf), added: fresh.length, by };
}

/** The device that was paid first, by the draft's ending; undefined while nobody was, or where it does not say. */
export function payerOf({ ending }: Pick<KnownDraft, 'ending'>) {
  return ending?.entry === undefined ? undefined : splitEntryId(ending.entry).deviceId;
}

/**
 * What stands in a cart and is not in a sale of it: more units of a line, or a line that is not there at all. It goes into another cart, which
 * no approval of this one serves: there it is asked for again.
 */
export function leftOver(cart: Cart, sold: readonly Pick<CartLine, 'productId' | 'name' | 'quantity'>[]): CartLine[] {
  const nameOf = ({ productId, name }: Pick<CartLine, 'productId' | 'name'>) => productId ?? `open ${name}`;
  const units = new Map<string, number>();
  for (const line of sold) units.set(nameOf(line), (units.get(nameOf(line)) ?? 0) + line.quantity);
  return cart.lines.flatMap((line) => {
    const paid = Math.min(units.get(nameOf(line)) ?? 0, line.quantity);
    units.set(nameOf(line), (units.get(nameOf(line)) ?? 0) - paid);
    const { approval: _of, ...carried } = line;
    return paid === line.quantity ? [] : [{ ...carried, quantity: (line.quantity - paid) as CartLine['quantity'] }];
  });
}
