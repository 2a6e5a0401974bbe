import type { CartId, EntryId } from '../../schema/ids.ts';
import type { Cart, CartLine } from '../../schema/receipt.ts';
import { APPROVALS_MAX } from '../till/cart-change.ts';
import { readKeptCart } from '../till/kept-cart.ts';
import type { DraftContent, DraftOp, DraftRow, RowMark } from './draft-content.ts';

/** A line of a held cart, with the row of the draft that it is. */
export interface HeldLine {
  readonly key: string;
  readonly order: number;
  /** As counted; below 1 where two took away while apart: the line then stays with one. */
  readonly amount: number;
  readonly line: CartLine;
  readonly mark: RowMark | null;
  readonly by: readonly string[];
}

/** A cart and the rows it was read from: what a person's changes are made on. */
export interface KeyedCart {
  readonly cart: Cart;
  readonly lines: readonly HeldLine[];
}

/** The fields of a cart that are not its lines. A cart's own names keep clear of the draft's. */
const CART_FIELDS = ['discount', 'note', 'customer', 'exchange'] as const;
const fieldName = (name: (typeof CART_FIELDS)[number]) => `cart.${name}`;
/** Each approval is a field of its own, so that two that were given apart are both there. */
const APPROVAL = 'cart.approval.';

/** What each content was read as: a till looks at all its held carts again after every sale. */
const known = new WeakMap<DraftContent, KeyedCart>();

/** The cart that a draft says. A line that no cart can have is left out; so is a field. */
export function readCart(id: CartId, content: DraftContent): KeyedCart {
  const before = known.get(content);
  if (before?.cart.cartId === id) return before;
  const cart = readContent(id, content);
  known.set(content, cart);
  return cart;
}

function readContent(id: CartId, content: DraftContent): KeyedCart {
  const lines = content.rows.flatMap((row) => readLine(id, row) ?? []);
  const fields = CART_FIELDS.flatMap((name) => {
    const value = content.fields[fieldName(name)];
    const cart = value == null ? null : readKeptCart(JSON.stringify({ cartId: id, lines: [], [name]: value }));
    return cart ? [[name, cart[name]]] : [];
  });
  const whole = { ...Object.fromEntries(fields), ...readApprovals(id, content), cartId: id };
  return { cart: { ...whole, lines: lines.map(({ line }) => line) }, lines };
}

/** In one order everywhere; no more than a receipt can name. */
function readApprovals(cartId: CartId, { fields }: DraftContent): Pick<Cart, 'approvals'> {
  const named = Object.keys(fields).filter((name) => name.startsWith(APPROVAL) && fields[name] === true);
  const approvals = named
    .map((name) => name.slice(APPROVAL.length))
    .sort()
    .slice(-APPROVALS_MAX);
  const cart = readKeptCart(JSON.stringify({ cartId, lines: [], approvals }));
  return cart?.approvals?.length ? { approvals: cart.approvals } : {};
}

function readLine(cartId: CartId, { key, order, amount, fields, mark, by }: DraftRow): HeldLine | null {
  const said = { ...withoutNulls(fields), quantity: Math.max(1, amount) };
  const [line] = readKeptCart(JSON.stringify({ cartId, lines: [said] }))?.lines ?? [];
  return line ? { key, order, amount, line, mark, by } : null;
}

/**
 * What a person did to a cart, as steps for its draft, and the cart with its rows after them. What the person did not touch is not in
 * them: what another till did to it meanwhile stands.
 */
export function cartOps(
  shown: KeyedCart,
  next: Cart,
  newKey: () => string,
): { readonly ops: readonly DraftOp[]; readonly keyed: KeyedCart } {
  const matched = matchLines(shown.lines, next.lines);
  const kept = new Set(matched.flatMap((held) => held?.key ?? []));
  const removed = shown.lines.filter(({ key }) => !kept.has(key));
  const ops: DraftOp[] = removed.map(({ key }) => ({ op: 'remove', key }));
  const lines: HeldLine[] = [];
  for (const [place, line] of next.lines.entries()) {
    const held = matched[place];
    const order = held?.order ?? orderBetween(lines.at(-1), matched.slice(place + 1).find(Boolean) ?? undefined);
    const own = held ?? { key: newKey(), order, amount: line.quantity, mark: null, by: [] };
    ops.push(...(held ? lineOps(held, line) : [{ op: 'add' as const, ...addOf(own, line) }]));
    lines.push({ ...own, amount: line.quantity, line });
  }
  return { ops: [...ops, ...fieldOps(shown.cart, next)], keyed: { cart: next, lines } };
}

function addOf({ key, order, amount }: Pick<HeldLine, 'key' | 'order' | 'amount'>, line: CartLine) {
  return { key, order, amount, fields: fieldsOf(line) };
}

function lineOps(held: HeldLine, line: CartLine): DraftOp[] {
  const { key } = held;
  const by = line.quantity - (line.quantity === held.line.quantity ? held.line.quantity : held.amount);
  const [before, after] = [fieldsOf(held.line), fieldsOf(line)];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = names.filter((name) => canonical(before[name]) !== canonical(after[name]));
  return [
    ...(by === 0 ? [] : [{ op: 'amount' as const, key, by }]),
    ...changed.map((field) => ({ op: 'field' as const, key, field, value: after[field] ?? null })),
  ];
}

function fieldOps(before: Cart, after: Cart): DraftOp[] {
  const changed = CART_FIELDS.filter((name) => canonical(before[name]) !== canonical(after[name]));
  return [
    ...changed.map((name) => ({ op: 'set' as const, field: fieldName(name), value: after[name] ?? null })),
    ...approvalOps(before.approvals ?? [], after.approvals ?? []),
  ];
}

function approvalOps(before: readonly EntryId[], after: readonly EntryId[]): DraftOp[] {
  const set = (id: EntryId, value: true | null): DraftOp => ({ op: 'set', field: `${APPROVAL}${id}`, value });
  return [
    ...after.filter((id) => !before.includes(id)).map((id) => set(id, true)),
    ...before.filter((id) => !after.includes(id)).map((id) => set(id, null)),
  ];
}

/** Where a new line stands: behind the one before it, and before the next one that was there. */
function orderBetween(before: HeldLine | undefined, after: HeldLine | undefined): number {
  if (after === undefined) return (before?.order ?? 0) + 1;
  return ((before?.order ?? after.order - 2) + after.order) / 2;
}

/** Which row each line of the next cart was, most alike first; a row is one line only. */
function matchLines(shown: readonly HeldLine[], next: readonly CartLine[]): (HeldLine | null)[] {
  const free = new Set(shown);
  const matched: (HeldLine | null)[] = next.map(() => null);
  const same: ((held: HeldLine, line: CartLine) => boolean)[] = [
    (held, line) => held.line.quantity === line.quantity && sameFields(held.line, line),
    (held, line) => sameFields(held.line, line),
    (held, line) => held.line.productId === line.productId && held.line.name === line.name,
  ];
  for (const isSame of same) {
    for (const [place, line] of next.entries()) {
      if (matched[place]) continue;
      const held = [...free].find((one) => isSame(one, line)) ?? null;
      matched[place] = held;
      if (held) free.delete(held);
    }
  }
  return matched;
}

function sameFields(left: CartLine, right: CartLine): boolean {
  return canonical(fieldsOf(left)) === canonical(fieldsOf(right));
}

/** All of a line but its quantity, and its promotion, which is worked out anew whenever the cart is looked at. */
function fieldsOf({ quantity: _quantity, promotion: _promotion, ...fields }: CartLine): Record<string, unknown> {
  return withoutNulls(fields);
}

function withoutNulls(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null));
}

/** Two values that say the same give the same text. */
function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (_key, part) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([left], [right]) => (left < right ? -1 : 1)))
      : part,
  );
}

/** True when both carts say the same to a customer, in the same order. */
export function sameCart(left: Cart, right: Cart): boolean {
  const said = ({ lines, approvals = [], ...fields }: Cart) =>
    canonical({
      ...withoutNulls(fields),
      approvals: [...approvals].sort(),
      lines: lines.map((line) => ({ ...fieldsOf(line), quantity: line.quantity })),
    });
  return said(left) === said(right);
}
