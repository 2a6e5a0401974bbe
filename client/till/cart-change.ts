import type { Product } from '../../schema/product.ts';
import type { Quantity } from '../../schema/quantity.ts';
import type { Cart, CartLine } from '../../schema/receipt.ts';
import type { Discount } from '../../schema/totals.ts';

/** What a cashier does to a cart. Lines are named by their place. */
export type CartChange =
  | { readonly type: 'add'; readonly product: Product; readonly quantity: number }
  | { readonly type: 'quantity'; readonly index: number; readonly quantity: number }
  | { readonly type: 'discount'; readonly index: number; readonly discount: Discount | undefined }
  | { readonly type: 'remove'; readonly index: number }
  | { readonly type: 'insert'; readonly index: number; readonly line: CartLine }
  | { readonly type: 'sale-discount'; readonly discount: Discount | undefined };

/** The largest quantity of one line, in smallest units: beyond it a barcode landed in the quantity field. */
export const LINE_QUANTITY_MAX = 9_999_999;

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
    case 'remove':
      return { ...cart, lines: cart.lines.filter((_, index) => index !== change.index) };
    case 'insert':
      return { ...cart, lines: cart.lines.toSpliced(change.index, 0, change.line) };
    case 'sale-discount':
      return { ...cart, discount: change.discount };
  }
}

/** A second scan of the same product, at the same price and without a discount, counts the line up. */
function addProduct(lines: readonly CartLine[], product: Product, quantity: number): readonly CartLine[] {
  const same = lines.findIndex(
    (line) => line.productId === product.id && line.unitPrice === product.price && line.discount === undefined,
  );
  const known = lines[same];
  if (known) return setQuantity(lines, same, known.quantity + quantity);
  return [...lines, lineOf(product, quantity)];
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
