import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DeviceEntry } from '../entry/entry.ts';
import { contributionsOf } from './contributions.ts';
import { costOf } from './costs.ts';
import { addMeasures, MEASURES, type Measure, type Measures } from './measures.ts';
import { productKey } from './product-key.ts';
import { type REPORTS_BY, sumReport, totalOf } from './report.ts';
import { addDays, splitByMonths, zoneNamed } from './report-day.ts';
import { BEGIN_MS, randomDays } from './testing/random-day.ts';

const jakarta = zoneNamed('Asia/Jakarta');
const SPAN = { from: '2026-01-01', to: '2026-12-31' };
const allOf = (entries: readonly DeviceEntry[]) => entries.flatMap((entry) => contributionsOf(entry, jakarta));
const report = (entries: readonly DeviceEntry[], by: (typeof REPORTS_BY)[number]) =>
  sumReport(allOf(entries), by, SPAN);
const figure = (entries: readonly DeviceEntry[], by: (typeof REPORTS_BY)[number], name: Measure) =>
  totalOf(report(entries, by))[name] ?? 0;

describe('what entries add to reports', () => {
  test('[REP1] every breakdown adds up to the same sum, and with the rounding to what the tenders were', () => {
    fc.assert(
      fc.property(randomDays, (entries) => {
        for (const name of ['total', 'returned', 'tax', 'discounts', 'promotions'] as const) {
          const sums = (['hour', 'product', 'category', 'till', 'cashier', 'tax', 'day', 'month'] as const).map((by) =>
            figure(entries, by, name),
          );
          expect(new Set(sums).size).toBe(1);
        }
        expect(figure(entries, 'tender', 'total')).toBe(
          figure(entries, 'day', 'total') + figure(entries, 'day', 'rounding'),
        );
      }),
    );
  });

  test('[REP1] [REP2] each row is what a plain table of all lines and payments says', () => {
    fc.assert(
      fc.property(randomDays, (entries) => {
        for (const by of ['product', 'category', 'till', 'cashier', 'tender', 'tax', 'day'] as const) {
          for (const row of report(entries, by)) {
            for (const name of MEASURES)
              expect([by, name, row[name] ?? 0]).toEqual([by, name, plain(entries, by, row.key, name)]);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  test('[REP3] an entry belongs to the day and hour of its device’s clock in the shop’s zone', () => {
    const sale = { kind: 'cash-in', body: { amount: 5 }, deviceId: 'd', person: 'p' };
    const dayOf = (at: number, zone = jakarta) => contributionsOf({ ...sale, at } as never, zone)[0]?.day;
    const close = { kind: 'shift-close', body: { countedCash: 7, expectedCash: 5 }, deviceId: 'd', person: 'p' };
    const hourOf = (at: number) =>
      contributionsOf({ ...close, at } as never, jakarta).find(({ dimension }) => dimension === 'hour')?.key;
    expect(dayOf(Date.UTC(2026, 2, 1, 16, 59))).toBe('2026-03-01');
    expect(dayOf(Date.UTC(2026, 2, 1, 17, 0))).toBe('2026-03-02');
    expect(hourOf(Date.UTC(2026, 2, 1, 17, 5))).toBe('00');
    expect(dayOf(Date.UTC(2026, 9, 25, 0, 30), zoneNamed('Europe/Berlin'))).toBe('2026-10-25');
    expect(dayOf(Date.UTC(2026, 0, 1, 18, 20), zoneNamed('Asia/Kathmandu'))).toBe('2026-01-02');
    expect([dayOf(-8e15), dayOf(8e15), dayOf(Number.MAX_SAFE_INTEGER)]).toEqual([
      '1970-01-01',
      '2999-12-31',
      '2999-12-31',
    ]);
  });

  test('[REP4] a corrected tender and store credit paid back move money between tenders on their own day, and nothing else', () => {
    const at = BEGIN_MS;
    const of = (kind: string, body: object) => allOf([{ kind, body, at, deviceId: 'd', person: 'p' } as never]);
    const corrected = of('tender-correction', { from: 'cash', to: 'card', amount: 900 });
    expect(corrected.map(({ dimension, key, measures }) => [dimension, key, measures.total])).toEqual([
      ['tender', 'cash', -900],
      ['tender', 'card', 900],
    ]);
    const paid = of('credit-payment', { payment: { tender: 'qris', amount: 400 } });
    expect(paid.map(({ dimension, key, measures }) => [dimension, key, measures.total])).toEqual([
      ['tender', 'credit', -400],
      ['tender', 'qris', 400],
      ['drawer', 'credit-paid', 400],
    ]);
  });

  test('[REP5] neither the order nor the grouping of additions changes a sum, also of figures that no shop has', () => {
    const wild = fc.constantFrom(
      0,
      1,
      -1,
      7,
      2 ** 49,
      -(2 ** 50),
      2 ** 50,
      Number.MAX_SAFE_INTEGER,
      -Number.MAX_SAFE_INTEGER,
    );
    fc.assert(
      fc.property(fc.array(wild, { maxLength: 12 }), fc.nat(), (totals, cut) => {
        const add = (figures: readonly number[]) =>
          figures.reduce<Measures>((sum, total) => addMeasures(sum, { total }), {});
        // A figure of nothing may be left out.
        const figureOf = ({ total = 0 }: Measures) => total;
        const at = totals.length === 0 ? 0 : cut % totals.length;
        const grouped = addMeasures(add(totals.slice(at)), add(totals.slice(0, at)));
        expect([add(totals.toReversed()), grouped].map(figureOf)).toEqual(Array(2).fill(figureOf(add(totals))));
      }),
      { examples: [[[1, -1, 0], 2]] },
    );
  });
});

test('[REP1] a span is split into whole months and the days around them, none missing and none twice', () => {
  const day = fc.date({ min: new Date('2023-11-01'), max: new Date('2025-03-05'), noInvalidDate: true });
  fc.assert(
    fc.property(day, fc.nat({ max: 420 }), (date, more) => {
      const from = date.toISOString().slice(0, 10);
      const span = { from, to: addDays(from, more) };
      const { months, days } = splitByMonths(span);
      const parts = [...days, ...(months ? [months] : [])].sort((left, right) => (left.from < right.from ? -1 : 1));
      expect(parts[0]?.from).toBe(span.from);
      expect(parts.at(-1)?.to).toBe(span.to);
      for (const [index, part] of parts.slice(1).entries()) expect(part.from).toBe(addDays(parts[index]?.to ?? '', 1));
      if (months) expect([months.from.slice(8), addDays(months.to, 1).slice(8)]).toEqual(['01', '01']);
      else expect(more).toBeLessThan(61);
    }),
  );
});

test('[REP6] what was sold costs the average of all that was paid for it until the last day; without a cost entered it has none', () => {
  const received = new Map([
    ['kopi', { quantity: 30, cost: 10 * 900 + 20 * 1_200 }],
    ['gula', { quantity: 2_000, cost: 2_000 * 15_000 }],
  ]);
  expect(costOf('kopi', 7, received)).toBe(7_700);
  expect(costOf('gula/1000', 1_500, received)).toBe(22_500);
  expect([costOf('teh', 1, received), costOf('', 1, received)]).toEqual([undefined, undefined]);
});

/** One figure by other means: every line, payment and act as a row of a table, and the sum of a column. */
function plain(entries: readonly DeviceEntry[], by: string, key: string, name: Measure): number {
  let sum = 0n;
  const receipts = new Set<number>();
  const plus = (of: Partial<Record<string, string>>, column: string, value: number) => {
    if (of[by] === key && column === name) sum += BigInt(value);
  };
  for (const [index, { at, kind, deviceId, person, body }] of entries.entries()) {
    const whole = { day: new Date(at + 7 * 3_600_000).toISOString().slice(0, 10), till: deviceId, cashier: person };
    if (kind === 'tender-correction') {
      plus({ tender: body.from }, 'total', -body.amount);
      plus({ tender: body.to }, 'total', body.amount);
    } else if (kind === 'credit-payment') {
      plus({ tender: 'credit' }, 'total', -body.payment.amount);
      plus({ tender: body.payment.tender }, 'total', body.payment.amount);
    } else if (kind === 'approval' && body.action === 'void-line') {
      plus(whole, 'voids', 1);
      plus(whole, 'voided', body.amount ?? 0);
    } else if (kind === 'shift-close') {
      plus(whole, 'closes', 1);
      plus(whole, 'difference', body.countedCash - body.expectedCash);
    }
    if (kind !== 'sale' && kind !== 'refund') continue;
    const times = kind === 'sale' ? 1 : -1;
    for (const line of body.lines) {
      const of = {
        ...whole,
        tax: line.taxId ?? 'none',
        category: line.category ?? '',
        product: productKey(line.productId, line.unitScale),
      };
      if ((of as Record<string, string>)[by] === key) receipts.add(index);
      plus(of, 'total', times * line.total);
      plus(of, 'tax', times * (line.tax ?? 0));
      plus(of, 'discounts', times * ((line.discountTotal ?? 0) + (line.saleDiscount ?? 0)));
      plus(of, 'promotions', times * (line.promotion?.amount ?? 0));
      plus({ product: of.product }, 'quantity', times * line.quantity);
      if (times === 1) continue;
      plus(of, 'returned', line.total);
      plus({ product: of.product }, 'returnedQuantity', line.quantity);
    }
    for (const { tender, amount } of body.payments) {
      if (by === 'tender' && tender === key) receipts.add(index);
      plus({ tender }, 'total', times * amount);
      if (times === -1) plus({ tender }, 'returned', amount);
    }
  }
  const counted = [...receipts].filter((index) => entries[index]?.kind === (name === 'sales' ? 'sale' : 'refund'));
  return name === 'sales' || name === 'refunds' ? counted.length : Number(sum);
}
