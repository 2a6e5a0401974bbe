import type { EntryId } from '../../schema/ids.ts';
import type { Money } from '../../schema/money.ts';
import type { Product } from '../../schema/product.ts';
import type { Quantity } from '../../schema/quantity.ts';
import type { Cart, CartLine } from '../../schema/receipt.ts';
import type { Discount } from '../../schema/totals.ts';

/** What a cashier does to a cart. Lines are named by their place. */
export type CartChange =
  | { readonly type: 'add'; readonly product: Product; readonly quantity: number }
  | { readonly type: 'quantity'; readonly index: number; readonly quantity: number }
  | { readonly type: 'discount'; readonly index: number; readonly discount: Discount | undefined }
  | { readonly type: 'amend'; readonly index: number; readonly line: LineAmendment }
  | { readonly type: 'remove'; readonly index: number; readonly approval?: EntryId | undefined }
  | { readonly type: 'insert'; readonly index: number; readonly line: CartLine }
  | { readonly type: 'sale-discount'; readonly discount: Discount | undefined; readonly approval?: EntryId | undefined }
  | { readonly type: 'note'; readonly note: string }
  | { readonly type: 'customer'; readonly customer: Cart['customer'] };

/** Everything that a line's form says, at once: one step back undoes it all. */
export interface LineAmendment {
  readonly quantity: number;
  readonly discount: Discount | undefined;
  /** What a unit costs in this sale; the shelf price is kept beside it where it differs. */
  readonly price: Money;
  readonly note: string;
  readonly approvals: readonly EntryId[];
}

/** The largest quantity of one line, in smallest units: beyond it a barcode landed in the quantity field. */
export const LINE_QUANTITY_MAX = 9_999_999;
/** Approvals that a receipt names (schema/entry/sale.ts). */
export const APPROVALS_MAX = 20;

/** The cart after a change. Pure; a change that makes no sense (a line that is not there) gives the same cart. */
export function changeCart(cart: Cart, change: CartChange): Cart {
  switch (change.type) {
    case 'add':
      return { ...cart, lines: addProduct(cart.lines, change.product, change.quantity) };
    case 'quantity':
      return { ...cart, lines: setQuantity(cart.lines, change.index, change.quantity) };
    case 'discount':
      return {
        ...cart,
        lines: replaceLine(cart.lines, change.index, (line) => ({ ...line, discount: change.discount })),
      };
    case 'amend':
      return amendLine(cart, change.index, change.line);
    case 'remove':
      return withApprovals(
        { ...cart, lines: cart.lines.filter((_, index) => index !== change.index) },
        change.approval,
      );
    case 'insert':
      return { ...cart, lines: cart.lines.toSpliced(change.index, 0, change.line) };
    case 'sale-discount':
      return withApprovals({ ...cart, discount: change.discount }, change.approval);
    case 'note':
      return { ...cart, note: change.note.trim() || undefined };
    case 'customer':
      return { ...cart, customer: change.customer };
  }
}

/** A second scan of the same product, at the same price and with nothing of its own, counts the line up. */
function addProduct(lines: readonly CartLine[], product: Product, quantity: number): readonly CartLine[] {
  const same = lines.findIndex(
    (line) => isPlain(line) && line.productId === product.id && line.unitPrice === product.price,
  );
  const known = lines[same];
  if (known) return setQuantity(lines, same, known.quantity + quantity);
  return [...lines, lineOf(product, quantity)];
}

function isPlain({ discount, note, listPrice }: CartLine): boolean {
  return discount === undefined && note === undefined && listPrice === undefined;
}

/** One line from a product as it is now: its price and revision are what the customer is told. */
export function lineOf(product: Product, quantity: number): CartLine {
  return {
    productId: product.id,
    rev: product.rev,
    name: product.name,
    barcode: product.barcodes[0],
    category: product.category || undefined,
    quantity: quantity as Quantity,
    unitScale: product.unitScale,
    unitPrice: product.price,
    taxId: product.taxId || undefined,
  };
}

/** What a unit costs on the shelf. */
export function shelfPrice({ listPrice, unitPrice }: CartLine): Money {
  return listPrice ?? unitPrice;
}

function amendLine(cart: Cart, index: number, amended: LineAmendment): Cart {
  const [approval, ...others] = amended.approvals;
  // What was allowed for the line before is still needed: a price, and now a discount on it.
  const before = approval ? cart.lines[index]?.approval : undefined;
  const lines = replaceLine(cart.lines, index, (line) => ({
    ...line,
    discount: amended.discount,
    unitPrice: amended.price,
    listPrice: amended.price === shelfPrice(line) ? undefined : shelfPrice(line),
    note: amended.note.trim() || undefined,
    approval: approval ?? line.approval,
  }));
  return withApprovals({ ...cart, lines: setQuantity(lines, index, amended.quantity) }, before, ...others);
}

function withApprovals(cart: Cart, ...approvals: readonly (EntryId | undefined)[]): Cart {
  const named = [...(cart.approvals ?? []), ...approvals.filter((id) => id !== undefined)];
  return named.length === 0 ? cart : { ...cart, approvals: named.slice(-APPROVALS_MAX) };
}

function setQuantity(lines: readonly CartLine[], index: number, quantity: number): readonly CartLine[] {
  if (quantity < 1) return lines.filter((_, place) => place !== index);
  const held = Math.min(quantity, LINE_QUANTITY_MAX) as Quantity;
  return replaceLine(lines, index, (line) => ({ ...line, quantity: held }));
}

function replaceLine(
  lines: readonly CartLine[],
  index: number,
  change: (line: CartLine) => CartLine,
): readonly CartLine[] {
  return lines.map((line, place) => (place === index ? change(line) : line));
}

/** Pieces in the cart; a weighed line counts as one. */
export function countItems(cart: Cart): number {
  return cart.lines.reduce((sum, line) => sum + (line.unitScale === 1 ? line.quantity : 1), 0);
}
