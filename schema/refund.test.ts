import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SaleLine } from './entry/sale.ts';
import type { CartId, EntryId, TillCode } from './ids.ts';
import type { Money } from './money.ts';
import type { Quantity } from './quantity.ts';
import { buildReceipt, type CartLine, findReceiptFault, payExactly, priceCart, type ReceiptRules } from './receipt.ts';
import { alreadyBack, overRefunds, paidTaxes, type RefundedSale, refundCart } from './refund.ts';

const cartId = 'cart-00000001' as CartId;
/** Whose units each cost what the shelf says: no tax on top, no weight. */
const isPlainlyPriced = ({ unitScale = 1, discountTotal, saleDiscount, taxId }: SaleLine, { taxes }: RefundedSale) =>
  unitScale === 1 && !discountTotal && !saleDiscount && !taxes.some(({ id, inclusive }) => id === taxId && !inclusive);
const place = { till: 'K1' as TillCode, generation: 1, receiptNo: 1 };
const rulesWith = (inclusive: boolean): ReceiptRules => ({
  currency: { code: 'IDR', digits: 0 },
  rounding: 'half-up',
  taxes: [{ id: 'ppn', name: 'PPN', rate: { num: 11, den: 100 }, inclusive }],
});

const line = fc
  .record({
    units: fc.integer({ min: 1, max: 3_000 }),
    weighed: fc.boolean(),
    unitPrice: fc.integer({ min: 0, max: 500_000 }),
    off: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3_000 })),
    promotion: fc.integer({ min: 0, max: 9_000 }),
    taxed: fc.boolean(),
  })
  .map(
    ({ units, weighed, unitPrice, off, promotion, taxed }): CartLine => ({
      name: 'x',
      quantity: (weighed ? units : 1 + (units % 20)) as Quantity,
      unitScale: weighed ? 1_000 : 1,
      unitPrice: unitPrice as Money,
      discount: off > 0 ? { type: 'percent', basisPoints: off } : undefined,
      ...(promotion > 0 ? { promotion: { id: 'p', name: 'p', amount: promotion as Money } } : {}),
      ...(taxed ? { taxId: 'ppn' } : {}),
    }),
  );
const sale = fc
  .record({
    lines: fc.array(line, { minLength: 1, maxLength: 6 }),
    off: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 5_000 })),
    inclusive: fc.boolean(),
  })
  .map(({ lines, off, inclusive }) => {
    const discount = off > 0 ? ({ type: 'percent', basisPoints: off } as const) : undefined;
    // A promotion never takes more than the line costs.
    const rules = rulesWith(inclusive);
    const priced = priceCart({ cartId, lines }, rules).lines;
    const fair = lines.map((one, index) =>
      one.promotion ? { ...one, promotion: { ...one.promotion, amount: priced[index]?.promotion as Money } } : one,
    );
    return { ...buildReceipt({ cartId, lines: fair, discount }, rules, place), rules };
  });

type Sold = RefundedSale & { readonly rules: ReceiptRules };
const refundOf = (sold: Sold, choices: Parameters<typeof refundCart>[2]) => {
  const rules = { ...sold.rules, rounding: sold.rounding, taxes: paidTaxes(sold) };
  return buildReceipt(refundCart(cartId, sold, choices), rules, place);
};

describe('refundCart', () => {
  it('[RET1] [TILL10] parts that come back one after another add up to what was paid for the line, exactly', () => {
    fc.assert(
      fc.property(sale, fc.infiniteStream(fc.nat()), (sold, cuts) => {
        for (const [index, { quantity, total }] of sold.lines.entries()) {
          let [before, given] = [0, 0];
          while (before < quantity) {
            const units = Math.min(quantity - before, 1 + ((cuts.next().value ?? 0) % quantity));
            const choices = sold.lines.map((_, at) => ({ quantity: at === index ? units : 0, before }));
            const back = refundOf(sold, choices);
            expect(back.lines[0]?.originalLine).toBe(index);
            given += back.totals.due;
            before += units;
          }
          expect(given).toBe(total);
        }
      }),
    );
  });

  it('[RET11] a promotion gives back its own part, all parts of a line together what it took off, and leaves no discount where none was given', () => {
    fc.assert(
      fc.property(sale, fc.infiniteStream(fc.nat()), (sold, cuts) => {
        for (const [index, line] of sold.lines.entries()) {
          let [before, promoted] = [0, 0];
          while (before < line.quantity) {
            const units = Math.min(line.quantity - before, 1 + ((cuts.next().value ?? 0) % line.quantity));
            const choices = sold.lines.map((_, at) => ({ quantity: at === index ? units : 0, before }));
            const [back] = refundOf(sold, choices).lines;
            promoted += back?.promotion?.amount ?? 0;
            before += units;
          }
          expect(promoted).toBeLessThanOrEqual(line.promotion?.amount ?? 0);
          if (isPlainlyPriced(line, sold)) expect(promoted).toBe(line.promotion?.amount ?? 0);
        }
      }),
    );
  });

  it('[RET11] a piece of three for the price of two, and the whole of a member’s price, come back as promotions', () => {
    const bought = (quantity: number, unitPrice: number, amount: number) => {
      const promotion = { id: 'p', name: 'Anggota 5%', amount: amount as Money };
      const lines = [
        { name: 'x', quantity: quantity as Quantity, unitScale: 1, unitPrice: unitPrice as Money, promotion },
      ];
      const rules = rulesWith(true);
      return { ...buildReceipt({ cartId, lines }, rules, place), rules };
    };
    const back = (sold: Sold, quantity: number, before = 0) => refundOf(sold, [{ quantity, before }]).lines[0];
    expect(back(bought(1, 24_500, 1_225), 1)).toMatchObject({ promotion: { amount: 1_225 }, total: 23_275 });
    expect(back(bought(1, 24_500, 1_225), 1)?.discountTotal).toBeUndefined();
    const three = bought(3, 8_500, 8_500);
    expect([0, 1, 2].map((before) => back(three, 1, before)?.promotion?.amount)).toEqual([2_834, 2_833, 2_833]);
  });

  it('[RET2] a part is never a whole unit of money away from its share, and its figures follow from its lines', () => {
    fc.assert(
      fc.property(sale, fc.nat(), fc.nat(), (sold, seed, start) => {
        const choices = sold.lines.map(({ quantity }, index) => {
          const before = (start + index * 5) % quantity;
          return { before, quantity: 1 + ((seed + index * 7) % (quantity - before)) };
        });
        const back = refundOf(sold, choices);
        const payments = [payExactly('cash', back.totals.due)];
        expect(findReceiptFault({ ...back, payments })).toBeNull();
        for (const [index, { total, quantity }] of sold.lines.entries()) {
          const share = (total * (choices[index]?.quantity ?? 0)) / quantity;
          expect(Math.abs((back.lines[index]?.total ?? 0) - share)).toBeLessThan(1);
        }
      }),
    );
  });

  it('[TILL10] lines of which nothing comes back are not in it', () => {
    const [sold] = fc.sample(sale, { numRuns: 1, seed: 1 });
    if (!sold) throw new Error('A sample of one holds one.');
    expect(refundCart(cartId, sold, [{ quantity: 0, before: 0 }]).lines).toEqual([]);
  });

  it('[RET4] the tax of a refund is the one that was paid', () => {
    const rules = rulesWith(false);
    const lines = [{ name: 'a', quantity: 1 as Quantity, unitScale: 1, unitPrice: 1_000 as Money, taxId: 'ppn' }];
    const sold = { ...buildReceipt({ cartId, lines }, rules, place), rules };
    const back = refundOf(sold, [{ quantity: 1, before: 0 }]);
    expect(back.totals).toMatchObject({ total: 1_110, tax: 110, net: 1_000 });
    expect(back.taxes).toEqual([{ ...rules.taxes[0], inclusive: true }]);
  });
});

const one = (quantity: number, total = quantity * 100, more = {}) =>
  ({ name: 'a', quantity: quantity as Quantity, unitPrice: 100 as Money, total: total as Money, ...more }) as const;
const refund = (n: number, ...lines: ReturnType<typeof one>[]) => ({ id: `refund-${n}` as EntryId, body: { lines } });

describe('alreadyBack', () => {
  it('[TILL10] counts earlier refunds to the line they name, and never more than was sold', () => {
    expect(alreadyBack([one(3)], [])).toEqual([0]);
    expect(alreadyBack([one(3), one(3)], [{ lines: [one(2, 200, { originalLine: 1 })] }])).toEqual([0, 2]);
    expect(alreadyBack([one(3)], [{ lines: [one(5, 500, { originalLine: 0 })] }])).toEqual([3]);
  });

  it('[TILL10] a refund of an older version names no line: those of its product share it in order', () => {
    expect(alreadyBack([one(3), one(3)], [{ lines: [one(4)] }])).toEqual([3, 1]);
  });
});

describe('overRefunds', () => {
  const first = { originalLine: 0 };
  it('[RET5] the refund that goes beyond what was sold carries the money that is too much', () => {
    const refunds = [refund(1, one(2, 200, first)), refund(2, one(2, 200, first)), refund(3, one(1, 100, first))];
    expect([...overRefunds([one(3)], refunds)]).toEqual([
      ['refund-2', 100],
      ['refund-3', 100],
    ]);
    expect(overRefunds([one(3)], refunds.slice(0, 1)).size).toBe(0);
  });

  it('[RET5] too much money for what came back, and lines that the sale does not have, are found too', () => {
    expect([...overRefunds([one(3)], [refund(1, one(1, 350, first))])]).toEqual([['refund-1', 50]]);
    expect([...overRefunds([one(3)], [refund(1, one(1, 70, { originalLine: 4 }))])]).toEqual([['refund-1', 70]]);
    expect([...overRefunds([one(1, 0)], [refund(1, one(2, 0, first))])]).toEqual([['refund-1', 0]]);
  });

  it('[RET5] whatever the parts, refunds of no more than was sold are never found', () => {
    fc.assert(
      fc.property(sale, fc.nat(), (sold, seed) => {
        const parts = [0, 1].map((part) =>
          sold.lines.map(({ quantity }, index) => {
            const cut = (seed + index) % (quantity + 1);
            return part === 0 ? { before: 0, quantity: cut } : { before: cut, quantity: quantity - cut };
          }),
        );
        const refunds = parts.map((choices, n) => ({ id: `refund-${n}` as EntryId, body: refundOf(sold, choices) }));
        expect(overRefunds(sold.lines, refunds).size).toBe(0);
      }),
    );
  });
});
