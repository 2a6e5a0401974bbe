import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyPromotions } from './apply-promotions.ts';
import { type Money, money, ZERO } from './money.ts';
import type { Promotion, PromotionRule } from './promotion.ts';
import { grossOf, type OfferLine } from './promotion-offer.ts';

const NOON = { localDate: '2026-08-17', localMinutes: 12 * 60 };

function promotion(id: string, rule: object, more: Partial<Promotion> = {}): Promotion {
  const days = { from: '2026-01-01', to: '2026-12-31', active: true };
  return { promotion: id, name: id, ...days, rule: rule as PromotionRule, ...more };
}
function line(productId: string, unitPrice: number, quantity = 1, more: Partial<OfferLine> = {}): OfferLine {
  return { productId, name: productId, quantity, unitPrice: money(unitPrice), ...more };
}
const amounts = (lines: readonly OfferLine[], ...promotions: Promotion[]) =>
  applyPromotions({ lines }, promotions, NOON, 'half-up').lines.map(({ promotion }) => promotion?.amount);

const all = { of: 'all' };
const BUY_2_GET_1 = promotion('b2g1', { type: 'buy-get', target: all, buy: 2, get: 1, basisPoints: 10_000 });

test('[PRM5] of every three pieces the cheapest is for nothing, over several lines', () => {
  expect(amounts([line('teh', 5_000, 3)], BUY_2_GET_1)).toEqual([5_000]);
  expect(amounts([line('teh', 5_000, 2)], BUY_2_GET_1)).toEqual([undefined]);
  expect(amounts([line('teh', 5_000, 7)], BUY_2_GET_1)).toEqual([10_000]);
  expect(amounts([line('kopi', 9_000), line('teh', 5_000), line('susu', 7_000)], BUY_2_GET_1)).toEqual([0, 5_000, 0]);
  // The fourth piece, the cheapest, makes no group.
  expect(amounts([line('air', 3_000), line('kopi', 9_000, 2), line('teh', 5_000)], BUY_2_GET_1)).toEqual([
    undefined,
    0,
    5_000,
  ]);
});

test('[PRM5] the second at half price', () => {
  const half = promotion('half', { type: 'buy-get', target: all, buy: 1, get: 1, basisPoints: 5_000 });
  expect(amounts([line('roti', 10_000, 2)], half)).toEqual([5_000]);
  expect(amounts([line('roti', 10_001, 4)], half)).toEqual([10_001]);
});

test('[PRM5] a percentage, an amount and a price are per unit, of what is weighed too', () => {
  const drinks = { of: 'category', category: 'Drinks' };
  const goods = [
    line('teh', 5_000, 2, { category: 'Drinks' }),
    line('beras', 14_000, 500, { category: 'Drinks', unitScale: 1_000 }),
  ];
  expect(amounts(goods, promotion('p', { type: 'percent', target: drinks, basisPoints: 1_000 }))).toEqual([1_000, 700]);
  expect(amounts(goods, promotion('p', { type: 'amount', target: drinks, amount: 1_500 }))).toEqual([3_000, 750]);
  expect(amounts(goods, promotion('p', { type: 'price', target: drinks, price: 4_500 }))).toEqual([1_000, 4_750]);
  expect(amounts([line('teh', 5_000)], promotion('p', { type: 'price', target: all, price: 9_000 }))).toEqual([
    undefined,
  ]);
  expect(
    amounts(
      goods,
      promotion('p', { type: 'percent', target: { of: 'products', products: ['teh'] }, basisPoints: 1_000 }),
    ),
  ).toEqual([1_000, undefined]);
});

test('[PRM5] a bundle costs its price, as often as its pieces are there', () => {
  const rule = {
    type: 'bundle',
    products: [
      { productId: 'mie', quantity: 2 },
      { productId: 'telur', quantity: 1 },
    ],
    price: 8_000,
  };
  const bundle = promotion('paket', rule);
  const goods = [line('mie', 3_500, 5), line('telur', 3_000, 2), line('teh', 5_000)];
  const [mie = ZERO, telur = ZERO, teh] = amounts(goods, bundle);
  expect(mie + telur).toBe(4 * 3_500 + 2 * 3_000 - 2 * 8_000);
  expect(teh).toBeUndefined();
  expect(amounts([line('mie', 3_500, 1), line('telur', 3_000, 2)], bundle)).toEqual([undefined, undefined]);
  expect(amounts([line('mie', 2_000, 2), line('telur', 3_000)], bundle)).toEqual([undefined, undefined]);
  expect(amounts([line('mie', 3_500, 2_000, { unitScale: 1_000 }), line('telur', 3_000)], bundle)).toEqual([
    undefined,
    undefined,
  ]);
});

test('[PRM3] several lines together win only when they save more than each line’s best by itself', () => {
  const tenth = promotion('tenth', { type: 'percent', target: all, basisPoints: 1_000 });
  const third = promotion('third', { type: 'percent', target: all, basisPoints: 3_400 });
  const goods = [line('kopi', 9_000, 2), line('teh', 9_000)];
  expect(amounts(goods, tenth, BUY_2_GET_1)).toEqual([0, 9_000]);
  expect(amounts(goods, third, BUY_2_GET_1)).toEqual([6_120, 3_060]);
  // The third piece alone is in no group and keeps its percentage.
  expect(amounts([line('kopi', 9_000, 3), line('teh', 3_000)], tenth, BUY_2_GET_1)).toEqual([9_000, 300]);
});

test('[PRM3] of equal savings the smaller id is taken', () => {
  const named = (id: string) => promotion(id, { type: 'amount', target: all, amount: 500 });
  const cart = applyPromotions({ lines: [line('teh', 5_000)] }, [named('b'), named('a')], NOON, 'half-up');
  expect(cart.lines[0]?.promotion?.id).toBe('a');
});

test('[PRM2] an open item and a line whose price a person set have no promotion, and one that no longer applies is gone', () => {
  const tenth = promotion('tenth', { type: 'percent', target: all, basisPoints: 1_000 });
  const stale = { ...line('teh', 5_000), promotion: { id: 'old', name: 'old', amount: money(9) } };
  const open: OfferLine = { name: 'Open', quantity: 1, unitPrice: money(5_000) };
  expect(amounts([open, line('teh', 4_000, 1, { listPrice: money(5_000) })], tenth)).toEqual([undefined, undefined]);
  expect(amounts([stale])).toEqual([undefined]);
});

const anyLine = fc.record({
  productId: fc.constantFrom('a', 'b', 'c', undefined),
  name: fc.constantFrom('n', 'm'),
  category: fc.constantFrom('x', 'y'),
  quantity: fc.integer({ min: 1, max: 9 }),
  unitScale: fc.constantFrom(1, 1, 1, 1000),
  unitPrice: fc.constantFrom(0, 1, 999, 1_000, 2_500, 10_000).map(money),
  note: fc.constantFrom(undefined, 'x'),
});
const anyTarget = fc.constantFrom(all, { of: 'category', category: 'x' }, { of: 'products', products: ['a', 'b'] });
const anyRule = fc.oneof(
  fc.record({
    type: fc.constant('buy-get'),
    target: anyTarget,
    buy: fc.integer({ min: 1, max: 3 }),
    get: fc.integer({ min: 1, max: 2 }),
    basisPoints: fc.constantFrom(10_000, 5_000, 3_333),
  }),
  fc.record({ type: fc.constant('percent'), target: anyTarget, basisPoints: fc.integer({ min: 1, max: 10_000 }) }),
  fc.record({ type: fc.constant('amount'), target: anyTarget, amount: fc.integer({ min: 1, max: 20_000 }) }),
  fc.record({ type: fc.constant('price'), target: anyTarget, price: fc.integer({ min: 0, max: 20_000 }) }),
  fc.record({
    type: fc.constant('bundle'),
    products: fc.constantFrom(
      [
        { productId: 'a', quantity: 1 },
        { productId: 'b', quantity: 2 },
      ],
      [{ productId: 'c', quantity: 2 }],
    ),
    price: fc.integer({ min: 0, max: 9_000 }),
  }),
);
const anyPromotions = fc
  .array(anyRule, { maxLength: 5 })
  .map((rules) => rules.map((rule, index) => promotion(`p${index}`, rule)));
const anyLines = fc.array(anyLine, { maxLength: 8 });
const total = (given: readonly (Money | undefined)[]) => given.reduce<number>((sum, amount) => sum + (amount ?? 0), 0);

test('[PRM2] a promotion never takes more than the line’s gross, whatever the rules', () => {
  fc.assert(
    fc.property(anyLines, anyPromotions, (lines, promotions) => {
      for (const [place, amount] of amounts(lines, ...promotions).entries()) {
        expect(amount ?? 0).toBeLessThanOrEqual(grossOf(lines[place] as OfferLine, 'half-up'));
        expect(amount ?? 0).toBeGreaterThanOrEqual(0);
      }
    }),
    { numRuns: 500 },
  );
});

test('[PRM3] all together never save less than the best single promotions alone', () => {
  fc.assert(
    fc.property(anyLines, anyPromotions, (lines, promotions) => {
      const singles = promotions.filter(({ rule }) => rule.type !== 'bundle' && rule.type !== 'buy-get');
      expect(total(amounts(lines, ...promotions))).toBeGreaterThanOrEqual(total(amounts(lines, ...singles)));
    }),
    { numRuns: 500 },
  );
});

test('[PRM4] shuffled lines and promotions give every line the same', () => {
  const shuffled = fc
    .tuple(anyLines, anyPromotions)
    .chain(([lines, promotions]) =>
      fc.tuple(
        fc.constant(lines),
        fc.constant(promotions),
        fc.shuffledSubarray(lines, { minLength: lines.length, maxLength: lines.length }),
        fc.shuffledSubarray(promotions, { minLength: promotions.length, maxLength: promotions.length }),
      ),
    );
  const asBag = (lines: readonly OfferLine[], promotions: readonly Promotion[]) =>
    applyPromotions({ lines }, promotions, NOON, 'half-up')
      .lines.map((each) => JSON.stringify(each))
      .sort();
  fc.assert(
    fc.property(shuffled, ([lines, promotions, otherLines, otherPromotions]) => {
      expect(asBag(otherLines, otherPromotions)).toEqual(asBag(lines, promotions));
    }),
    { numRuns: 500 },
  );
});
