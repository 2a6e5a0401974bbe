import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sealEntry } from './chain.ts';
import { type DeviceEntry, type Head, readDeviceEntry } from './entry/entry.ts';
import { GENESIS_HASH } from './entry/header.ts';
import type { Payment, Tender } from './entry/payment.ts';
import type { BranchId, CartId, DeviceId, EntryId, PersonId, ShiftId, TillCode } from './ids.ts';
import type { Money } from './money.ts';
import type { Quantity } from './quantity.ts';
import { buildReceipt, type CartLine, priceCart, type ReceiptRules } from './receipt.ts';
import { followsFrom, perpetualOf, piecesTotal, shiftReport } from './shift-report.ts';

const rules: ReceiptRules = {
  currency: { code: 'IDR', digits: 0 },
  rounding: 'half-up',
  taxes: [
    { id: 'ppn', name: 'PPN', rate: { num: 11, den: 100 }, inclusive: true },
    { id: 'luxury', name: 'PPnBM', rate: { num: 20, den: 100 }, inclusive: false },
  ],
};
const shift = 's-1' as ShiftId;
const float = 200_000 as Money;
const header = { deviceId: '0123456789abcdef' as DeviceId, branch: 'utama' as BranchId, person: 'siti' as PersonId };
const TENDERS: readonly Tender[] = ['cash', 'card', 'qris', 'credit', 'exchange'];

/** One thing that happens at a till, as chance drew it. */
const act = fc.record({
  do: fc.constantFrom('sale', 'sale', 'sale', 'refund', 'cash-in', 'cash-out', 'credit', 'void', 'correct', 'confirm'),
  amounts: fc.array(fc.integer({ min: 0, max: 90_000 }), { minLength: 1, maxLength: 4 }),
  pick: fc.nat({ max: 1_000 }),
});
type Act = typeof act extends fc.Arbitrary<infer Value> ? Value : never;

/** A journal whose shift is opened at a third of the way. */
function journalOf(acts: readonly Act[]): DeviceEntry[] {
  const entries: DeviceEntry[] = [];
  const write = (kind: string, body: object) => {
    const head: Head = entries.at(-1) ?? { seq: 0, hash: GENESIS_HASH };
    entries.push(sealEntry({ ...header, at: 0, kind, body } as never, head) as DeviceEntry);
  };
  let [receiptNo, open] = [0, false];
  for (const [index, one] of acts.entries()) {
    if (index === Math.floor(acts.length / 3)) {
      write('shift-open', { shift, float });
      open = true;
    }
    const named = open ? { shift } : {};
    const amount = one.amounts[0] as Money;
    const sale = pickSale(entries, one.pick);
    const back = entries.findLast((entry) => entry.kind === 'credit-payment');
    if (one.do === 'sale' || one.do === 'refund') {
      receiptNo += 1;
      write(one.do, receiptBody(one, receiptNo, open));
    } else if (one.do === 'cash-in' || one.do === 'cash-out') write(one.do, { ...named, amount, reason: 'kembalian' });
    else if (one.do === 'credit') {
      const payment = { tender: one.pick % 2 ? 'cash' : 'qris', amount, confirmed: one.pick % 4 !== 0 };
      write('credit-payment', { ...named, customer: 'c1', name: 'Budi', payment });
    } else if (one.do === 'void') write('approval', { action: 'void-line', approver: 'ani', reason: 'salah', amount });
    else if (back && one.do === 'correct' && one.pick % 3 === 0) {
      const { tender: from, amount } = back.body.payment;
      write('tender-correction', { sale: back.id, payment: 0, from, to: one.pick % 2 ? 'card' : 'cash', amount });
    } else if (sale && one.do === 'correct') {
      const [paid] = sale.body.payments;
      write('tender-correction', { sale: sale.id, payment: 0, from: paid?.tender, to: 'card', amount: paid?.amount });
    } else if (sale) write('payment-confirmed', { sale: sale.id, payment: 0, reference: 'ok' });
  }
  return entries;
}

function pickSale(entries: readonly DeviceEntry[], pick: number) {
  const sales = entries.filter((entry) => entry.kind === 'sale');
  return sales[pick % Math.max(1, sales.length)];
}

function receiptBody(one: Act, receiptNo: number, open: boolean) {
  const lines = one.amounts.map((amount, index): CartLine => {
    const taxId = [undefined, 'ppn', 'luxury'][(one.pick + index) % 3];
    const category = [undefined, 'roti', 'teh'][(one.pick + 2 * index) % 3];
    const line = { name: 'x', quantity: 2 as Quantity, unitScale: 1, unitPrice: amount as Money, taxId, category };
    return index > 0 ? line : { ...line, discount: { type: 'percent', basisPoints: one.pick * 10 } };
  });
  const cart = { cartId: `cart-${receiptNo}-000` as CartId, lines };
  const due = priceCart(cart, rules).totals.due;
  const first = Math.floor(due / 3) as Money;
  const tender = (at: number) => TENDERS[(one.pick + at) % TENDERS.length] as Tender;
  const payments: Payment[] = [
    { tender: tender(0), amount: first, confirmed: one.pick % 4 !== 0 },
    { tender: tender(1), amount: (due - first) as Money, confirmed: true },
  ];
  const place = { till: 'K1' as TillCode, generation: 1, receiptNo, ...(open ? { shift } : {}) };
  return { ...buildReceipt(cart, rules, place), payments, ...(one.do === 'refund' ? { reason: 'rusak' } : {}) };
}

/** The same figures by other means: every line and payment as a row of a plain table, and sums over its columns. */
function plainSums(entries: readonly DeviceEntry[]) {
  const rows: { what: string; key: string; amount: bigint }[] = [];
  const row = (what: string, key: string, amount: number) => rows.push({ what, key, amount: BigInt(amount) });
  for (const entry of JSON.parse(JSON.stringify(entries)) as DeviceEntry[]) {
    if (entry.kind === 'credit-payment' && entry.body.shift === shift) {
      const { tender, amount } = entry.body.payment;
      row('back', tender, amount);
      for (const { kind, body } of entries) {
        if (kind !== 'tender-correction' || body.sale !== entry.id) continue;
        row('back', body.from, -amount);
        row('back', body.to, amount);
      }
    }
    if (entry.kind !== 'sale' && entry.kind !== 'refund') continue;
    const times = entry.kind === 'sale' ? 1 : -1;
    const side = entry.body.shift === shift ? 'in' : 'out';
    row(`${side} ${entry.kind}`, '', 1);
    row(`${side} due`, '', times * entry.body.totals.due);
    for (const line of entry.body.lines) {
      row(`${side} net`, line.taxId ?? 'none', times * (line.total - (line.tax ?? 0)));
      row(`${side} tax`, line.taxId ?? 'none', times * (line.tax ?? 0));
      row(`${side} category`, line.category ?? '', times * line.total);
      row(`${side} off`, '', times * ((line.discountTotal ?? 0) + (line.saleDiscount ?? 0)));
    }
    for (const [index, payment] of entry.body.payments.entries()) {
      row(`${side} tender`, payment.tender, times * payment.amount);
      for (const later of entries) {
        if (later.kind !== 'tender-correction' || later.body.sale !== entry.id || later.body.payment !== index)
          continue;
        row(`${side} tender`, later.body.from, -later.body.amount);
        row(`${side} tender`, later.body.to, later.body.amount);
      }
    }
  }
  const sum = (what: string, key?: string) =>
    Number(
      rows
        .filter((one) => one.what === what && (key ?? one.key) === one.key)
        .reduce((all, { amount }) => all + amount, 0n),
    );
  return {
    sum,
    keys: (what: string) => [...new Set(rows.filter((one) => one.what === what).map(({ key }) => key))].sort(),
  };
}

const days = fc.array(act, { minLength: 3, maxLength: 40 }).map(journalOf);

describe('shiftReport', () => {
  it('[SHF3] [SHF8] every figure is the one that plain sums over the entries give', () => {
    fc.assert(
      fc.property(days, (entries) => {
        const report = shiftReport(entries, { shift, float }, perpetualOf(entries));
        const { sum, keys } = plainSums(entries);
        expect(report.sales).toBe(sum('in sale'));
        expect(report.refunds).toBe(sum('in refund'));
        expect(report.taxes).toEqual(
          keys('in net').map((taxId) => ({
            ...{ taxId, net: sum('in net', taxId), tax: sum('in tax', taxId) },
            ...(taxId === 'none' ? {} : { name: taxId === 'ppn' ? 'PPN' : 'PPnBM' }),
          })),
        );
        expect(report.tenders).toEqual(
          keys('in tender').map((tender) => ({ tender, amount: sum('in tender', tender) })),
        );
        expect(report.categories).toEqual(
          keys('in category').map((category) => ({ category, total: sum('in category', category) })),
        );
        expect(report.discounts).toBe(sum('in off'));
        expect(report.outside).toEqual({ sales: sum('out sale'), refunds: sum('out refund'), total: sum('out due') });
        expect(report.perpetualTotal).toBe(sum('in due') + sum('out due'));
        expect(report.covers).toEqual({ from: 1, to: entries.length });
      }),
    );
  });

  it('[SHF3] taxes, tenders and categories each add up to what was sold less what came back', () => {
    fc.assert(
      fc.property(days, (entries) => {
        const report = shiftReport(entries, { shift, float }, perpetualOf(entries));
        const { perpetualTotal, outside, rounding } = report;
        const sold = perpetualTotal - outside.total;
        const total = (amounts: readonly number[]) => amounts.reduce((all, amount) => all + amount, 0);
        expect(total(report.tenders.map(({ amount }) => amount))).toBe(sold);
        expect(total(report.taxes.map(({ net, tax }) => net + tax)) + rounding).toBe(sold);
        expect(total(report.categories.map((one) => one.total)) + rounding).toBe(sold);
      }),
    );
  });

  it('[SHF4] the drawer should hold the float, the cash taken and put in, less what was given back and taken out', () => {
    fc.assert(
      fc.property(days, (entries) => {
        const report = shiftReport(entries, { shift, float }, perpetualOf(entries));
        let drawer: number = float;
        for (const entry of entries) {
          if ((entry.body as { shift?: string }).shift !== shift) continue;
          if (entry.kind === 'cash-in') drawer += entry.body.amount;
          if (entry.kind === 'cash-out') drawer -= entry.body.amount;
        }
        const { sum } = plainSums(entries);
        expect(report.expectedCash).toBe(drawer + sum('back', 'cash') + sum('in tender', 'cash'));
      }),
    );
  });

  it('[SHF15] store credit that was paid back stands under its tenders, as they were corrected', () => {
    fc.assert(
      fc.property(days, (entries) => {
        const { paidBack, creditPaid } = shiftReport(entries, { shift, float }, perpetualOf(entries));
        const { sum, keys } = plainSums(entries);
        expect(paidBack).toEqual(keys('back').map((tender) => ({ tender, amount: sum('back', tender) })));
        expect(creditPaid).toBe(sum('back', 'cash'));
      }),
    );
  });

  it('[SHF3] payments that nobody confirmed are listed, and voided lines of the shift are counted', () => {
    fc.assert(
      fc.property(days, (entries) => {
        const report = shiftReport(entries, { shift, float }, perpetualOf(entries));
        const touched = (sale: EntryId, payment: number) =>
          entries.some(
            ({ kind, body }) =>
              (kind === 'payment-confirmed' || kind === 'tender-correction') &&
              body.sale === sale &&
              body.payment === payment,
          );
        for (const { sale, payment } of report.unconfirmed) expect(touched(sale, payment)).toBe(false);
        const open = entries.flatMap((entry) => {
          if ((entry.kind !== 'sale' && entry.kind !== 'credit-payment') || !entry.body.shift) return [];
          const payments = entry.kind === 'sale' ? entry.body.payments : [entry.body.payment];
          return payments.map(({ confirmed }, at) => ({ entry, confirmed, at }));
        });
        expect(report.unconfirmed).toHaveLength(
          open.filter(({ entry, confirmed, at }) => !confirmed && !touched(entry.id, at)).length,
        );
        const opened = entries.findIndex(({ kind }) => kind === 'shift-open');
        expect(report.voids.count).toBe(entries.filter(({ kind }, at) => kind === 'approval' && at > opened).length);
      }),
    );
  });
});

/** The Z report behind a day. */
function closed(entries: readonly DeviceEntry[], more = {}) {
  const report = shiftReport(entries, { shift, float }, perpetualOf(entries));
  const body = { ...report, zNo: 1, countedCash: report.expectedCash, ...more };
  return sealEntry({ ...header, at: 0, kind: 'shift-close', body }, entries.at(-1) as Head) as Extract<
    DeviceEntry,
    { kind: 'shift-close' }
  >;
}

describe('followsFrom', () => {
  it('[SHF11] a Z report is readable and follows from the entries it covers', () => {
    fc.assert(
      fc.property(days, (entries) => {
        const z = closed(entries);
        expect(readDeviceEntry(z)).toMatchObject({ ok: true });
        expect(followsFrom(z.body, entries, 0 as Money)).toBe(true);
        expect(followsFrom(z.body, entries, null)).toBe(true);
      }),
    );
  });

  it('[SHF11] a figure that does not follow, and a shift that was not opened there, are found', () => {
    const entries = journalOf(fc.sample(act, { numRuns: 30, seed: 3 }));
    for (const wrong of [{ sales: 99 }, { expectedCash: 1 }, { taxes: [] }, { perpetualTotal: 5 }, { float: 1 }])
      expect(followsFrom(closed(entries, wrong).body, entries, 0 as Money), JSON.stringify(wrong)).toBe(false);
    const unopened = entries.filter(({ kind }) => kind !== 'shift-open');
    expect(followsFrom(closed(entries).body, unopened, null)).toBe(false);
  });
});

describe('corrections', () => {
  it('[SHF12] a tender corrected after the Z report of its sale moves nothing in the next one', () => {
    const sale = journalOf([{ do: 'sale', amounts: [5_000], pick: 0 }]).find(({ kind }) => kind === 'sale');
    const head = sale as DeviceEntry;
    const open = sealEntry({ ...header, at: 0, kind: 'shift-open', body: { shift: 's-2', float } } as never, head);
    const body = { sale: head.id, payment: 0, from: 'cash', to: 'card', amount: 5_000 };
    const corrected = sealEntry({ ...header, at: 0, kind: 'tender-correction', body } as never, open as Head);
    const report = shiftReport([open, corrected] as DeviceEntry[], { shift: 's-2' as ShiftId, float }, 0 as Money);
    expect(report).toMatchObject({ tenders: [], expectedCash: float });
  });
});

describe('piecesTotal', () => {
  it('[SHF6] notes and coins add up to what was counted', () => {
    const pieces = [
      { value: 100_000 as Money, count: 3 },
      { value: 500 as Money, count: 7 },
    ];
    expect(piecesTotal(pieces)).toBe(303_500);
  });
});
