import type { CashRounding } from './cash-rounding.ts';
import type { Payment, Tender } from './entry/payment.ts';
import type { SaleLine } from './entry/sale.ts';
import type { CartId, CustomerId, EntryId, ProductId, ShiftId, TillCode } from './ids.ts';
import { addMoney, type Currency, type Money, type Rounding, subtractMoney, ZERO } from './money.ts';
import type { Quantity } from './quantity.ts';
import { receiptNumber } from './receipt-number.ts';
import type { Revision } from './revision.ts';
import { NO_TAX, type Tax } from './tax.ts';
import { type ComputedSale, computeSale, type Discount, type LineTotals, type PricedLine } from './totals.ts';

/** A cart line before the sale: what was chosen, at which price. No `productId` is an open item. */
export interface CartLine {
  readonly productId?: ProductId | undefined;
  readonly rev?: Revision | undefined;
  readonly name: string;
  readonly barcode?: string | undefined;
  readonly category?: string | undefined;
  readonly quantity: Quantity;
  readonly unitScale: number;
  readonly unitPrice: Money;
  /** The shelf price, where a person replaced it. */
  readonly listPrice?: Money | undefined;
  readonly promotion?: SaleLine['promotion'] | undefined;
  /** The entry in which somebody allowed this line's price, discount or open item. */
  readonly approval?: EntryId | undefined;
  /** Its product is limited. */
  readonly limited?: true | undefined;
  /** In a refund: the place of this line in the original sale. */
  readonly originalLine?: number | undefined;
  readonly discount?: Discount | undefined;
  readonly taxId?: string | undefined;
  readonly note?: string | undefined;
}

/** A cart: what becomes the lines of one sale or refund. */
export interface Cart {
  readonly cartId: CartId;
  readonly lines: readonly CartLine[];
  readonly discount?: Discount | undefined;
  readonly note?: string | undefined;
  readonly customer?: { readonly id?: CustomerId | undefined; readonly name: string } | undefined;
  readonly approvals?: readonly EntryId[] | undefined;
  readonly exchange?: string | undefined;
}

/** What the shop decides about every receipt. */
export interface ReceiptRules {
  readonly currency: Currency;
  readonly rounding: Rounding;
  readonly taxes: readonly Tax[];
  /** How what is paid in cash is rounded; not at all where it is not set. */
  readonly cashRounding?: CashRounding | undefined;
}

/** The number a receipt gets. `receiptNo` counts the device's sales and refunds from 1 (I5). */
export interface ReceiptPlace {
  readonly till: TillCode;
  readonly generation: number;
  readonly receiptNo: number;
  /** The open shift, where there is one. */
  readonly shift?: ShiftId | undefined;
}

/**
 * The fields that sales and refunds share, from a cart. Pure; the same figures as {@link priceCart} shows. `rounding` is what
 * the payments differ from the total, because cash was rounded; `computed` what the cart costs by the same rules, where that is known.
 */
export function buildReceipt(
  cart: Cart,
  rules: ReceiptRules,
  place: ReceiptPlace,
  rounding: Money = ZERO,
  computed: ComputedSale = priceCart(cart, rules),
) {
  const used = new Set(cart.lines.map((line) => line.taxId));
  return {
    cartId: cart.cartId,
    receiptNo: place.receiptNo,
    receipt: receiptNumber(place.till, place.generation, place.receiptNo),
    currency: rules.currency,
    rounding: rules.rounding,
    lines: cart.lines.map((line, index) => receiptLine(line, computed.lines[index] as LineTotals)),
    taxes: rules.taxes.filter((tax) => used.has(tax.id)),
    ...(cart.discount ? { discount: cart.discount } : {}),
    ...(cart.customer ? { customer: customerOf(cart.customer) } : {}),
    ...(place.shift ? { shift: place.shift } : {}),
    ...(cart.approvals?.length ? { approvals: [...cart.approvals] } : {}),
    ...(cart.exchange ? { exchange: cart.exchange } : {}),
    totals: { ...computed.totals, rounding, due: addMoney(computed.totals.total, rounding) },
    ...(cart.note ? { note: cart.note } : {}),
  };
}

function customerOf({ id, name }: NonNullable<Cart['customer']>) {
  return { ...(id ? { id } : {}), name };
}

/** What a cart costs, line by line. Throws RangeError where {@link computeSale} does. */
export function priceCart(cart: Cart, rules: ReceiptRules): ComputedSale {
  const lines = cart.lines.map((line): PricedLine => ({ ...line, tax: findTax(rules.taxes, line.taxId) }));
  return computeSale(lines, cart.discount, rules.rounding);
}

function findTax(taxes: readonly Tax[], taxId: string | undefined): Tax {
  return taxes.find((tax) => tax.id === taxId) ?? NO_TAX;
}

function receiptLine(line: CartLine, totals: LineTotals): SaleLine {
  return {
    ...(line.productId ? { productId: line.productId } : {}),
    ...(line.rev ? { rev: line.rev } : {}),
    name: line.name,
    ...(line.barcode ? { barcode: line.barcode } : {}),
    ...(line.category ? { category: line.category } : {}),
    quantity: line.quantity,
    ...(line.unitScale === 1 ? {} : { unitScale: line.unitScale }),
    unitPrice: line.unitPrice,
    ...(line.listPrice === undefined ? {} : { listPrice: line.listPrice }),
    ...(line.promotion ? { promotion: line.promotion } : {}),
    ...(line.approval ? { approval: line.approval } : {}),
    ...(line.limited ? { limited: line.limited } : {}),
    ...(line.originalLine === undefined ? {} : { originalLine: line.originalLine }),
    ...(line.discount ? { discount: line.discount } : {}),
    ...(totals.discount ? { discountTotal: totals.discount } : {}),
    ...(totals.saleDiscount ? { saleDiscount: totals.saleDiscount } : {}),
    ...(line.taxId ? { taxId: line.taxId } : {}),
    ...(totals.tax ? { tax: totals.tax } : {}),
    total: totals.total,
    ...(line.note ? { note: line.note } : {}),
  };
}

/** A cash payment of `due`, with its change. Throws RangeError when the customer gave too little. */
export function payCash(due: Money, tendered: Money): Payment {
  if (tendered < due) throw new RangeError('The customer gave less than is due.');
  return { tender: 'cash', amount: due, tendered, change: subtractMoney(tendered, due), confirmed: true };
}

/** Money given back for a refund, or paid exactly, in one tender. */
export function payExactly(tender: Tender, due: Money): Payment {
  return { tender, amount: due, confirmed: true };
}

/** The money fields of a sale or refund, as far as {@link findReceiptFault} needs them. */
export interface ReceiptFigures {
  readonly lines: readonly SaleLine[];
  readonly taxes: readonly Tax[];
  readonly rounding: Rounding;
  readonly discount?: Discount | undefined;
  readonly totals: ComputedSale['totals'];
  readonly payments: readonly Payment[];
}

/** A receipt whose figures do not follow from its lines. It is accepted and flagged: a paid sale is a fact. */
export type ReceiptFault = 'line-total' | 'sale-total' | 'payments';

/** Computes a receipt again from its lines, and names the first figure that differs. */
export function findReceiptFault(body: ReceiptFigures): ReceiptFault | null {
  const priced = body.lines.map((line) => ({
    ...line,
    unitScale: line.unitScale ?? 1,
    tax: findTax(body.taxes, line.taxId),
  }));
  const { lines, totals } = computeSale(priced, body.discount, body.rounding);
  if (lines.some((line, index) => !sameLine(line, body.lines[index] as SaleLine))) return 'line-total';
  const { rounding, due } = body.totals;
  if (!sameTotals(totals, body.totals) || due !== addMoney(totals.total, rounding)) return 'sale-total';
  return paid(body.payments, due) ? null : 'payments';
}

function paid(payments: readonly Payment[], due: Money): boolean {
  const exact = payments.every(
    ({ amount, tendered = amount, change = ZERO }) => subtractMoney(tendered, change) === amount,
  );
  return exact && addMoney(...payments.map(({ amount }) => amount)) === due;
}

function sameLine(computed: LineTotals, said: SaleLine): boolean {
  return (
    computed.total === said.total &&
    computed.tax === (said.tax ?? ZERO) &&
    computed.promotion === (said.promotion?.amount ?? ZERO) &&
    computed.discount === (said.discountTotal ?? ZERO) &&
    computed.saleDiscount === (said.saleDiscount ?? ZERO)
  );
}

function sameTotals(computed: ComputedSale['totals'], said: ComputedSale['totals']): boolean {
  const fields = ['gross', 'discount', 'saleDiscount', 'net', 'tax', 'total'] as const;
  return fields.every((field) => computed[field] === said[field]) && computed.promotion === said.promotion;
}
