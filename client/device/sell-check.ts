import { findTypedCard } from '../../schema/card-in-text.ts';
import { EMPTY_HEAD, sealEntry } from '../../schema/chain.ts';
import { type BodyOf, type DeviceEntry, type DeviceEntryKind, readDeviceEntry } from '../../schema/entry/entry.ts';
import type { Payment } from '../../schema/entry/payment.ts';
import { type BranchId, type DeviceId, type PersonId, SEQ_MAX } from '../../schema/ids.ts';
import type { Money } from '../../schema/money.ts';
import { findGateFault, type GateFault } from '../../schema/payload-gate.ts';
import { buildReceipt, type Cart, priceCart, type ReceiptPlace, type ReceiptRules } from '../../schema/receipt.ts';
import type { ComputedSale } from '../../schema/totals.ts';
import type { SellFault } from './device.ts';

/** Payments of one receipt; {@link check} leaves room for as many, so that no payment makes a checked cart unreadable. */
export const PAYMENTS_MAX = 8;

/** As large as a payment can be. */
const WIDEST_PAYMENT: Payment = {
  tender: 'credit',
  amount: Number.MAX_SAFE_INTEGER as Money,
  tendered: Number.MAX_SAFE_INTEGER as Money,
  change: Number.MAX_SAFE_INTEGER as Money,
  card: { brand: '\u{1F4B3}'.repeat(10), last4: '0000', approval: '\u{1F4B3}'.repeat(10) },
  reference: '\u{1F4B3}'.repeat(60),
  confirmed: true,
};

/** What the cart owes; null where it cannot be priced. */
export function dueOf(cart: Cart, rules: ReceiptRules): Money | null {
  return pricedOf(cart, rules)?.totals.due ?? null;
}

/** What the cart costs, line by line; null where it cannot be priced. */
export function pricedOf(cart: Cart, rules: ReceiptRules): ComputedSale | null {
  try {
    return priceCart(cart, rules);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** {@link pricedOf}, but for the very cart that it was asked of last: what was checked before the money is what is sold. */
export function createPricing(): typeof pricedOf {
  let last: { cart: Cart; rules: ReceiptRules; priced: ComputedSale | null } | null = null;
  return (cart, rules) => {
    if (last?.cart !== cart || last.rules !== rules) last = { cart, rules, priced: pricedOf(cart, rules) };
    return last.priced;
  };
}

/** Would the server be able to read the sale of this cart? With room for the largest payments. Null when it would. */
export function findCartFault(cart: Cart, rules: ReceiptRules, place: ReceiptPlace): SellFault | null {
  if (cart.lines.length === 0) return { code: 'empty-cart' };
  if (dueOf(cart, rules) === null) return { code: 'amount-too-large' };
  const payments = Array.from({ length: PAYMENTS_MAX }, () => WIDEST_PAYMENT);
  return findBodyFault('sale', { ...buildReceipt(cart, rules, place), payments });
}

/** {@link findCartFault}, but for the very cart that it was asked of last: one touch asks more than once. */
export function createCartCheck(): typeof findCartFault {
  let last: { cart: Cart; rules: ReceiptRules; place: string; fault: SellFault | null } | null = null;
  return (cart, rules, at) => {
    const place = JSON.stringify(at);
    if (last?.cart === cart && last.rules === rules && last.place === place) return last.fault;
    last = { cart, rules, place, fault: findCartFault(cart, rules, at) };
    return last.fault;
  };
}

const SOMEBODY = {
  deviceId: '0'.repeat(16) as DeviceId,
  branch: 'x'.repeat(32) as BranchId,
  person: 'x'.repeat(32) as PersonId,
};
const WIDEST_ID = 'x'.repeat(27);
const WIDEST_HASH = 'x'.repeat(64);

/** No card number in what was typed, and the server's own validator, run on an entry with this body: the gate first, then the shape. */
export function findBodyFault<Kind extends DeviceEntryKind>(kind: Kind, body: BodyOf<Kind>): SellFault | null {
  const card = findCardFault(body);
  if (card) return card;
  // The gate first: what it lets through can be sealed.
  const gate = findGateFault({
    ...SOMEBODY,
    v: 1,
    id: WIDEST_ID,
    seq: SEQ_MAX,
    prev: WIDEST_HASH,
    hash: WIDEST_HASH,
    at: Number.MIN_SAFE_INTEGER,
    kind,
    body,
  });
  if (gate) return { code: 'unreadable', fault: gate };
  return findShapeFault(sealEntry({ ...SOMEBODY, at: 0, kind, body }, EMPTY_HEAD));
}

/** The same of an entry that is sealed. */
export function findSealedFault(entry: DeviceEntry): SellFault | null {
  const gate = findGateFault(entry);
  return findCardFault(entry.body) ?? (gate ? { code: 'unreadable', fault: gate } : findShapeFault(entry));
}

function findCardFault(body: object): SellFault | null {
  const place = findTypedCard(body);
  return place === null ? null : { code: 'card-number', place };
}

function findShapeFault(entry: DeviceEntry): SellFault | null {
  const read = readDeviceEntry(entry);
  return read.ok ? null : { code: 'unreadable', fault: shapeFault(read.error.reason) };
}

function shapeFault(reason: string): GateFault {
  return { code: 'not-json', place: reason };
}
