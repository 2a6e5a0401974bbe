import fc from 'fast-check';
import type { DeviceEntry } from '../../entry/entry.ts';
import type { Tender } from '../../entry/payment.ts';
import type { CartId, DeviceId, EntryId, PersonId, ProductId, TillCode } from '../../ids.ts';
import type { Money } from '../../money.ts';
import type { Quantity } from '../../quantity.ts';
import { buildReceipt, type Cart, type ReceiptRules } from '../../receipt.ts';

const RULES: ReceiptRules = {
  currency: { code: 'IDR', digits: 0 },
  rounding: 'half-up',
  taxes: [
    { id: 'ppn', name: 'PPN', rate: { num: 11, den: 100 }, inclusive: true },
    { id: 'luxury', name: 'PPnBM', rate: { num: 20, den: 100 }, inclusive: false },
  ],
};
const TENDERS: readonly Tender[] = ['cash', 'card', 'qris', 'credit', 'exchange'];
const DAY_MS = 86_400_000;
/** The first of March 2026, midnight at Greenwich. */
export const BEGIN_MS = Date.UTC(2026, 2, 1);

const amount = fc.integer({ min: 0, max: 9_000_000 });
const line = fc.record({
  product: fc.nat({ max: 4 }),
  units: fc.integer({ min: 1, max: 4_000 }),
  price: fc.integer({ min: 0, max: 90_000 }),
  off: fc.nat({ max: 5_000 }),
});
const drawn = fc.record({
  do: fc.constantFrom('sale', 'sale', 'refund', 'receive', 'correct', 'credit', 'void', 'close', 'cash-in', 'adjust'),
  lines: fc.array(line, { minLength: 1, maxLength: 4 }),
  amount,
  pick: fc.nat({ max: 1_000 }),
  at: fc.integer({ min: 0, max: 3 * DAY_MS }),
});
export type Drawn = typeof drawn extends fc.Arbitrary<infer Value> ? Value : never;

/** Entries of a few tills over three days, of all kinds that reports know, in no order. */
export const randomDays = fc.array(drawn, { maxLength: 25 }).map((acts) => acts.map(entryOf));

/** An entry as its schema has it; its chain matters to no report. */
function entryOf(act: Drawn, index: number): DeviceEntry {
  const deviceId = `${act.pick % 2}123456789abcdef` as DeviceId;
  const person = ['siti', 'budi'][act.pick % 3 === 0 ? 1 : 0] as PersonId;
  const header = {
    id: `${deviceId}:${String(index + 1).padStart(10, '0')}` as EntryId,
    deviceId,
    seq: index + 1,
    person,
  };
  return { ...header, at: BEGIN_MS + act.at, ...kindAndBody(act, index) } as unknown as DeviceEntry;
}

function kindAndBody(act: Drawn, index: number): { readonly kind: string; readonly body: object } {
  const { amount: sum, pick } = act;
  const tender = (at: number) => TENDERS[(pick + at) % TENDERS.length] as Tender;
  switch (act.do) {
    case 'sale':
      return { kind: 'sale', body: receiptBody(act, index) };
    case 'refund':
      return { kind: 'refund', body: { ...receiptBody(act, index), reason: 'rusak' } };
    case 'receive': {
      const lines = act.lines.map(({ product, units, price }) => ({
        ...{ productId: `p${product}`, quantity: units },
        ...(price % 3 === 0 ? {} : { unitCost: price }),
      }));
      return { kind: 'receive', body: { reference: 'x', lines } };
    }
    case 'correct':
      return {
        kind: 'tender-correction',
        body: { sale: 'x', payment: 0, from: tender(0), to: tender(1), amount: sum },
      };
    case 'credit':
      return {
        kind: 'credit-payment',
        body: { customer: 'c', name: 'c', payment: { tender: tender(0), amount: sum } },
      };
    case 'void':
      return { kind: 'approval', body: { action: pick % 4 ? 'void-line' : 'refund', approver: 'ani', amount: sum } };
    case 'close':
      return { kind: 'shift-close', body: { countedCash: sum, expectedCash: pick * 1000 } };
    default:
      return { kind: act.do, body: { amount: sum, reason: 'x', lines: [] } };
  }
}

function receiptBody({ lines, pick }: Drawn, index: number) {
  const cart: Cart = {
    cartId: `cart-${index}-0000` as CartId,
    lines: lines.map(({ product, units, price, off }) => ({
      ...{ name: 'x', quantity: units as Quantity, unitPrice: price as Money, unitScale: product === 3 ? 1000 : 1 },
      productId: product === 4 ? undefined : (`p${product}` as ProductId),
      taxId: [undefined, 'ppn', 'luxury'][product % 3],
      category: [undefined, 'roti', 'teh'][(product + 1) % 3],
      ...(off > 4_000 ? { promotion: { id: 'promo', name: 'Promo', amount: (off - 4_000) as Money } } : {}),
      discount: { type: 'percent', basisPoints: off },
    })),
    discount: { type: 'amount', amount: (pick * 10) as Money },
  };
  const receipt = buildReceipt(cart, RULES, { till: 'K1' as TillCode, generation: 1, receiptNo: index + 1 });
  const first = Math.floor(receipt.totals.due / 3);
  const payments = [first, receipt.totals.due - first].map((part, at) => ({
    ...{ tender: TENDERS[(pick + at) % TENDERS.length], amount: part, confirmed: true },
  }));
  return { ...receipt, payments };
}
