import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gtinCheckDigit, isGtin } from './barcode.ts';
import { money, roundingShape, scaleMoney } from './money.ts';
import { priceCheckDigit } from './price-check-digit.ts';
import { labelledGoods, readScaleBarcode, type ScaleRule, scaleRuleShape } from './scale-barcode.ts';

const WEIGHT: ScaleRule = { prefix: '21', kind: 'weight', itemDigits: 5, valueDigits: 5, scale: 1 };
const PRICE: ScaleRule = { prefix: '22', kind: 'price', itemDigits: 5, valueDigits: 5, scale: 1 };
const CHECKED: ScaleRule = {
  ...{ prefix: '23', kind: 'price', itemDigits: 5, valueDigits: 4, scale: 100 },
  priceCheckDigit: true,
};
const RULES = [WEIGHT, PRICE, CHECKED];

const withCheck = (twelve: string) => `${twelve}${gtinCheckDigit(twelve)}`;

test('[PRD3] the check digits of GS1’s published examples come out', () => {
  expect(priceCheckDigit('2875')).toBe(9);
  expect(priceCheckDigit('14685')).toBe(6);
  expect(() => priceCheckDigit('123')).toThrow(RangeError);
});

test('[PRD3] a digit read wrongly in a price is found by its own check digit', () => {
  const one = fc.tuple(
    fc.integer({ min: 0, max: 99_999 }),
    fc.integer({ min: 0, max: 4 }),
    fc.integer({ min: 1, max: 9 }),
  );
  fc.assert(
    fc.property(one, ([price, at, by]) => {
      const digits = String(price).padStart(5, '0');
      const wrong = [...digits].map((digit, place) => (place === at ? (Number(digit) + by) % 10 : digit)).join('');
      expect(priceCheckDigit(wrong)).not.toBe(priceCheckDigit(digits));
    }),
  );
});

test('[PRD4] a weight and a price are read from a label, each by the rule of its prefix', () => {
  const weight = readScaleBarcode(withCheck('211234500750'), RULES);
  expect(weight).toMatchObject({ ok: true, value: { kind: 'weight', item: '12345', value: 750 } });
  expect(weight?.ok && weight.value.itemCodes).toEqual(['2112345', '12345', withCheck('211234500000')]);
  expect(readScaleBarcode(withCheck('221234518500'), RULES)).toMatchObject({ value: { kind: 'price', value: 18_500 } });
  const checked = withCheck(`2312345${priceCheckDigit('2875')}2875`);
  expect(readScaleBarcode(checked, RULES)).toMatchObject({ value: { value: 287_500 } });
});

test('[PRD4] a wrong check digit, a wrong price check digit and a value of nothing are named', () => {
  const right = withCheck('211234500750');
  const wrong = `${right.slice(0, -1)}${(Number(right.at(-1)) + 1) % 10}`;
  expect(readScaleBarcode(wrong, RULES)).toEqual({ ok: false, error: 'check-digit' });
  expect(readScaleBarcode(withCheck('231234502875'), RULES)).toEqual({ ok: false, error: 'price-check-digit' });
  expect(readScaleBarcode(withCheck('211234500000'), RULES)).toEqual({ ok: false, error: 'no-value' });
});

test('[PRD4] what no rule is for is another barcode', () => {
  for (const code of ['8998866200578', '291234500750', '2112345', withCheck('291234500750')]) {
    expect(readScaleBarcode(code, RULES)).toBeNull();
  }
});

test('[PRD4] a rule whose digits do not fill the barcode is none', () => {
  expect(RULES.every((rule) => scaleRuleShape.safeParse(rule).success)).toBe(true);
  expect(scaleRuleShape.safeParse({ ...WEIGHT, itemDigits: 4 }).success).toBe(false);
  expect(scaleRuleShape.safeParse({ ...WEIGHT, prefix: '30' }).success).toBe(false);
  expect(scaleRuleShape.safeParse({ ...WEIGHT, itemDigits: 3, valueDigits: 6, priceCheckDigit: true }).success).toBe(
    false,
  );
  expect(isGtin(withCheck('211234500750'))).toBe(true);
});

test('[PRD5] what a label costs is what the line costs, whatever the price per kilogram and the rounding', () => {
  const any = fc.record({
    value: fc.integer({ min: 1, max: 99_999 }),
    price: fc.integer({ min: 1, max: 2_000_000 }),
    unitScale: fc.constantFrom(1, 1000, 100),
    rule: fc.constantFrom(...roundingShape.options),
  });
  fc.assert(
    fc.property(any, ({ value, price, unitScale, rule }) => {
      const gross = (amount: number) => scaleMoney(money(price), amount, unitScale, rule);
      const goods = labelledGoods({ kind: 'price', value }, { price: money(price), unitScale }, gross);
      expect(goods && gross(goods.quantity) - goods.off).toBe(value);
      expect(goods?.off).toBeGreaterThanOrEqual(0);
    }),
  );
  const free = { price: money(0), unitScale: 1000 };
  expect(labelledGoods({ kind: 'price', value: 5 }, free, () => money(0))).toBeNull();
  expect(labelledGoods({ kind: 'weight', value: 750 }, free, () => money(0))).toEqual({ quantity: 750, off: 0 });
});
