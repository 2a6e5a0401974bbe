import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addMoney, money, type Rounding, roundingShape, scaleMoney, ZERO } from './money.ts';
import { quantity } from './quantity.ts';
import { NO_TAX, splitTax, type Tax } from './tax.ts';
import { computeSale, type Discount, discountAmount, type LineTotals, type PricedLine } from './totals.ts';

const PPN_INCLUSIVE: Tax = { id: 'ppn', name: 'PPN 11 %', rate: { num: 11, den: 100 }, inclusive: true };
const PPN_EXCLUSIVE: Tax = { ...PPN_INCLUSIVE, id: 'ppn-x', inclusive: false };

const anyRule = fc.constantFrom(...roundingShape.options);
const anyTax: fc.Arbitrary<Tax> = fc.record({
  id: fc.constant('t'),
  name: fc.constant('T'),
  rate: fc.record({ num: fc.nat(300), den: fc.constantFrom(1, 3, 100, 1000, 10_000) }),
  inclusive: fc.boolean(),
});
const anyDiscount: fc.Arbitrary<Discount | undefined> = fc.oneof(
  fc.constant(undefined),
  fc.nat(3_000_000).map((amount): Discount => ({ type: 'amount', amount: money(amount) })),
  fc.nat(10_000).map((basisPoints): Discount => ({ type: 'percent', basisPoints })),
);
const anyLine = fc.record({
  quantity: fc.oneof(fc.nat(20), fc.nat(100_000)).map(quantity),
  unitScale: fc.constantFrom(1, 1, 1000, 7, 1_000_000),
  unitPrice: fc.oneof(fc.nat(100), fc.nat(50_000_000)).map(money),
  promotion: fc.option(
    fc.nat(3_000_000).map((amount) => ({ amount: money(amount) })),
    { nil: undefined },
  ),
  discount: anyDiscount,
  tax: fc.oneof(fc.constant(NO_TAX), anyTax),
});
const anySale = fc.tuple(fc.array(anyLine, { minLength: 1, maxLength: 30 }), anyDiscount, anyRule);

function line(unitPrice: number, count: number, more: Partial<PricedLine> = {}): PricedLine {
  return { quantity: quantity(count), unitScale: 1, unitPrice: money(unitPrice), tax: NO_TAX, ...more };
}

const sumOf = (lines: readonly LineTotals[], field: keyof LineTotals) => addMoney(...lines.map((each) => each[field]));

test('[MON3] the lines add up to the totals, field by field', () => {
  fc.assert(
    fc.property(anySale, ([lines, discount, rule]) => {
      const sale = computeSale(lines, discount, rule);
      for (const field of ['gross', 'promotion', 'discount', 'saleDiscount', 'net', 'tax', 'total'] as const) {
        expect(sale.totals[field] ?? ZERO).toBe(sumOf(sale.lines, field));
      }
    }),
    { numRuns: 300 },
  );
});

test('[MON3] huge amounts add up exactly, or throw before money is taken', () => {
  const huge = fc.record({
    quantity: fc.nat(1_000_000_000).map(quantity),
    unitScale: fc.constantFrom(1, 1000, 1_000_000),
    unitPrice: fc.nat(Number.MAX_SAFE_INTEGER).map(money),
    discount: anyDiscount,
    tax: anyTax,
  });
  fc.assert(
    fc.property(fc.array(huge, { minLength: 1, maxLength: 4 }), anyRule, (lines, rule) => {
      try {
        const { lines: computed, totals } = computeSale(lines, undefined, rule);
        expect(BigInt(totals.total)).toBe(computed.reduce((all, each) => all + BigInt(each.total), 0n));
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    }),
  );
});

test('[MON5] what is due is the total and its rounding', () => {
  fc.assert(
    fc.property(anySale, ([lines, discount, rule]) => {
      const { totals } = computeSale(lines, discount, rule);
      expect(totals.total).toBe(totals.due - totals.rounding);
    }),
  );
});

test('[I7] every figure of a sale is a safe integer', () => {
  fc.assert(
    fc.property(anySale, ([lines, discount, rule]) => {
      const sale = computeSale(lines, discount, rule);
      const figures = [...sale.lines, sale.totals].flatMap((each) => Object.values({ ...each }));
      expect(figures.every((figure) => Number.isSafeInteger(figure))).toBe(true);
    }),
  );
});

test('[TAX1] net and tax of a line are its total, and nothing is negative', () => {
  fc.assert(
    fc.property(anySale, ([lines, discount, rule]) => {
      for (const { gross, discount: own, saleDiscount, net, tax, total } of computeSale(lines, discount, rule).lines) {
        expect(net + tax).toBe(total);
        expect(Math.min(gross, own, saleDiscount, net, tax, total)).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});

const anyAmount = fc.nat(2_000_000_000).map(money);

test('[TAX2] an inclusive tax leaves the total, and takes rate ÷ (1 + rate) of it', () => {
  fc.assert(
    fc.property(anyAmount, anyTax, anyRule, (amount, tax, rule) => {
      const { total, tax: taken } = splitTax(amount, { ...tax, inclusive: true }, rule);
      expect(total).toBe(amount);
      const error = BigInt(taken) * BigInt(tax.rate.num + tax.rate.den) - BigInt(amount) * BigInt(tax.rate.num);
      expect(error < 0n ? -error : error).toBeLessThan(BigInt(tax.rate.num + tax.rate.den));
    }),
  );
});

test('[TAX3] an exclusive tax adds amount × rate', () => {
  fc.assert(
    fc.property(anyAmount, anyTax, anyRule, (amount, tax, rule) => {
      const { net, tax: added } = splitTax(amount, { ...tax, inclusive: false }, rule);
      expect(net).toBe(amount);
      expect(added).toBe(scaleMoney(amount, tax.rate.num, tax.rate.den, rule));
    }),
  );
});

test('[TAX2] PPN of 11 % inside Rp 15.000: 15,000 × 11 ÷ 111 = 1,486.486…', () => {
  expect(splitTax(money(15_000), PPN_INCLUSIVE, 'half-up')).toEqual({ net: 13_514, tax: 1_486, total: 15_000 });
});

test('[TAX3] PPN of 11 % on top of Rp 13.514: 1,486.54', () => {
  expect(splitTax(money(13_514), PPN_EXCLUSIVE, 'half-up')).toEqual({ net: 13_514, tax: 1_487, total: 15_001 });
});

test.each<[Rounding, number, number]>([
  // 11 % of Rp 50 is 5.5 and of Rp 150 is 16.5
  ['half-up', 6, 17],
  ['half-even', 6, 16],
  ['down', 5, 16],
  ['up', 6, 17],
])('[TAX5] a tax that ends in a half is rounded once, by the named rule: %s', (rule, ofFifty, ofHundredFifty) => {
  expect(splitTax(money(50), PPN_EXCLUSIVE, rule).tax).toBe(ofFifty);
  expect(splitTax(money(150), PPN_EXCLUSIVE, rule).tax).toBe(ofHundredFifty);
});

test('[TAX5] each line is rounded by itself: 3 lines of 5.5 are 18, not 16.5', () => {
  const { totals } = computeSale([line(50, 1), line(50, 1), line(50, 1)].map(withTax), undefined, 'half-up');
  expect(totals).toMatchObject({ gross: 150, net: 150, tax: 18, total: 168, due: 168 });
});

function withTax(each: PricedLine): PricedLine {
  return { ...each, tax: PPN_EXCLUSIVE };
}

test('[MON3] a sale worked by hand: inclusive and exclusive, by piece and by weight, discounts of both kinds', () => {
  const lines = [
    // 2 × 12,500 = 25,000, less 10 % = 22,500
    line(12_500, 2, { discount: { type: 'percent', basisPoints: 1000 }, tax: PPN_INCLUSIVE }),
    // 1,235 g at 42,000 a kilogram = 51,870
    line(42_000, 1_235, { unitScale: 1000, tax: PPN_EXCLUSIVE }),
    // 3 × 1,000 = 3,000, less 500 = 2,500
    line(1_000, 3, { discount: { type: 'amount', amount: money(500) } }),
  ];
  // 76,870 are left; 5,000 off them: exact shares 1,463.509 + 3,373.878 + 162.612, so the 2 units left over go to lines 2 and 3.
  const sale = computeSale(lines, { type: 'amount', amount: money(5_000) }, 'half-up');
  expect(sale.lines).toEqual([
    // 21,037 × 11 ÷ 111 = 2,084.748
    { gross: 25_000, promotion: 0, discount: 2_500, saleDiscount: 1_463, net: 18_952, tax: 2_085, total: 21_037 },
    // 48,496 × 11 ÷ 100 = 5,334.56
    { gross: 51_870, promotion: 0, discount: 0, saleDiscount: 3_374, net: 48_496, tax: 5_335, total: 53_831 },
    { gross: 3_000, promotion: 0, discount: 500, saleDiscount: 163, net: 2_337, tax: 0, total: 2_337 },
  ]);
  expect(sale.totals).toEqual({
    gross: 79_870,
    discount: 3_000,
    saleDiscount: 5_000,
    net: 69_785,
    tax: 7_420,
    total: 77_205,
    rounding: 0,
    due: 77_205,
  });
});

test('[MON3] half a gram of a rupiah: the price of a weighed line is rounded once', () => {
  const halves = (rule: Rounding) => computeSale([line(3, 500, { unitScale: 1000 })], undefined, rule).totals.total;
  expect(halves('half-up')).toBe(2);
  expect(halves('half-even')).toBe(2);
  expect(computeSale([line(5, 500, { unitScale: 1000 })], undefined, 'half-even').totals.total).toBe(2);
  expect(halves('down')).toBe(1);
});

test('[MON3] an empty cart costs nothing', () => {
  expect(computeSale([], { type: 'amount', amount: money(5) }, 'half-up').totals).toMatchObject({ total: 0, due: 0 });
});

test('[MON10] a negative quantity or price throws', () => {
  expect(() => computeSale([line(1, -1)], undefined, 'half-up')).toThrow(RangeError);
  expect(() => computeSale([line(-1, 1)], undefined, 'half-up')).toThrow(RangeError);
});

test('[DSC1] no discount exceeds what it is taken off', () => {
  fc.assert(
    fc.property(anySale, ([lines, discount, rule]) => {
      const sale = computeSale(lines, discount, rule);
      for (const each of sale.lines) {
        expect(each.discount).toBeLessThanOrEqual(each.gross);
        expect(each.saleDiscount).toBeLessThanOrEqual(each.gross - each.promotion - each.discount);
      }
    }),
    { numRuns: 300 },
  );
});

test('[DSC1] a discount of more than there is takes all there is', () => {
  expect(discountAmount(money(300), { type: 'amount', amount: money(500) }, 'half-up')).toBe(300);
  expect(discountAmount(money(300), { type: 'percent', basisPoints: 10_000 }, 'up')).toBe(300);
  expect(discountAmount(money(300), undefined, 'up')).toBe(0);
});

test('[DSC2] the line comes first, then its share of the sale, then the tax', () => {
  const half: Discount = { type: 'percent', basisPoints: 5000 };
  const one = line(1_200, 1, { promotion: { amount: money(200) }, discount: half, tax: PPN_EXCLUSIVE });
  const { lines } = computeSale([one], half, 'half-up');
  const figures = { gross: 1_200, promotion: 200, discount: 500, saleDiscount: 250, net: 250, tax: 28, total: 278 };
  expect(lines[0]).toEqual(figures);
});

test("[DSC3] the sale's discount is spread without a remainder over what is left of the lines", () => {
  fc.assert(
    fc.property(anySale, ([lines, discount, rule]) => {
      const { lines: computed, totals } = computeSale(lines, discount, rule);
      const left = addMoney(...computed.map((each) => money(each.gross - each.promotion - each.discount)));
      expect(sumOf(computed, 'saleDiscount')).toBe(discountAmount(left, discount, rule));
      expect(totals.saleDiscount).toBe(sumOf(computed, 'saleDiscount'));
    }),
  );
});

test('[DSC3] a line that is free already takes no share', () => {
  const lines = [line(100, 1, { discount: { type: 'percent', basisPoints: 10_000 } }), line(100, 1)];
  const shares = computeSale(lines, { type: 'amount', amount: money(7) }, 'up').lines.map((each) => each.saleDiscount);
  expect(shares).toEqual([ZERO, 7]);
});

test('[DSC4] a negative discount throws', () => {
  expect(() => discountAmount(money(300), { type: 'amount', amount: money(-1) }, 'up')).toThrow(RangeError);
  expect(() => discountAmount(money(300), { type: 'percent', basisPoints: -100 }, 'up')).toThrow(RangeError);
});
