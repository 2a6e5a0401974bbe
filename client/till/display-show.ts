import type { Sale } from '../../schema/entry/sale.ts';
import { addMoney, type Money, subtractMoney, ZERO } from '../../schema/money.ts';
import type { Cart, CartLine } from '../../schema/receipt.ts';
import type { ComputedSale, LineTotals } from '../../schema/totals.ts';
import { type DisplayCart, type DisplayShow, LINES_SHOWN } from '../display/display-state.ts';

/** What of a till a customer may see. */
export interface TillView {
  /** The cart that is paid, else the open one, with what it costs; null where its figures are not known. */
  readonly cart: Cart;
  readonly priced: ComputedSale | null;
  /** What is left to pay, while money is being taken. */
  readonly left: Money | null;
  /** The code that the customer's phone is to read. */
  readonly qris: Extract<DisplayShow, { at: 'qris' }> | null;
  /** Just sold, and its receipt still open. */
  readonly sold: Sale | null;
}

/** What the customer display shows of it. */
export function displayShow({ cart, priced, left, qris, sold }: TillView): DisplayShow {
  if (sold) return { at: 'thanks', total: sold.body.totals.due, change: changeOf(sold) };
  if (qris) return qris;
  if (priced === null || cart.lines.length === 0) return { at: 'idle' };
  const shown = displayCart(cart, priced);
  return left === null ? { at: 'cart', cart: shown } : { at: 'paying', cart: shown, left };
}

function displayCart({ lines }: Cart, { lines: computed, totals }: ComputedSale): DisplayCart {
  const all = lines.map((line, index) => displayLine(line, computed[index]));
  const more = Math.max(0, all.length - LINES_SHOWN);
  const saved = addMoney(totals.promotion ?? ZERO, totals.discount, totals.saleDiscount);
  return { lines: all.slice(more), more, saved, total: totals.total };
}

/** A line at what it costs after its own discount; the sale's is told below. */
function displayLine({ name, quantity, unitScale }: CartLine, totals: LineTotals | undefined) {
  const off = totals ? addMoney(totals.promotion ?? ZERO, totals.discount) : ZERO;
  const amount = totals ? subtractMoney(totals.gross, off) : ZERO;
  return { name: name.slice(0, NAME_MAX), quantity, unitScale, amount };
}

function changeOf({ body }: Sale): Money {
  return addMoney(...body.payments.map(({ change }) => change ?? ZERO));
}

/** Characters of a name; more do not fit into one line of any display. */
const NAME_MAX = 80;
