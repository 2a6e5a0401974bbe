import fc from 'fast-check';
import { expect, test } from 'vitest';
import { saleBodyShape } from './entry/sale.ts';
import { type CartId, cartIdShape, productIdShape, type TillCode } from './ids.ts';
import { type Currency, money, type Rounding, roundingShape } from './money.ts';
import { quantity } from './quantity.ts';
import {
  buildReceipt,
  type Cart,
  findReceiptFault,
  payCash,
  payExactly,
  priceCart,
  type ReceiptRules,
} from './receipt.ts';
import { RECEIPT_NUMBER, receiptNumber } from './receipt-number.ts';
import type { Tax } from './tax.ts';
import type { Discount } from './totals.ts';

const IDR: Currency = { code: 'IDR', digits: 0 };
const TAXES: Tax[] = [
  { id: 'ppn', name: 'PPN 11 %', rate: { num: 11, den: 100 }, inclusive: true },
  { id: 'service', name: 'Service 5 %', rate: { num: 5, den: 100 }, inclusive: false },
];
const RULES: ReceiptRules = { currency: IDR, rounding: 'half-up', taxes: TAXES };
const PLACE = { till: 'K1' as TillCode, generation: 1, receiptNo: 42 };

const anyDiscount: fc.Arbitrary<Discount> = fc.oneof(
  fc.nat(90_000).map((amount): Discount => ({ type: 'amount', amount: money(amount) })),
  fc.nat(10_000).map((basisPoints): Discount => ({ type: 'percent', basisPoints })),
);
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const anyLine = fc.record({
  productId: maybe(fc.constantFrom('p1', 'p2').map((id) => productIdShape.parse(id))),
  rev: maybe(fc.constant({ epoch: 1, n: 3 })),
  name: fc.string({ minLength: 1, maxLength: 30 }),
  barcode: maybe(fc.constant('8992761111014')),
  quantity: fc.integer({ min: 1, max: 5_000 }).map(quantity),
  unitScale: fc.constantFrom(1, 1000),
  unitPrice: fc.nat(2_000_000).map(money),
  listPrice: maybe(fc.nat(2_000_000).map(money)),
  category: maybe(fc.constant('Minuman')),
  discount: maybe(anyDiscount),
  taxId: fc.constantFrom(undefined, 'ppn', 'service', 'gone'),
  note: maybe(fc.string({ maxLength: 20 })),
});
const anyCart: fc.Arbitrary<Cart> = fc.record({
  cartId: fc.constant('cart-00000001' as CartId),
  lines: fc.array(anyLine, { minLength: 1, maxLength: 12 }),
  discount: maybe(anyDiscount),
  note: maybe(fc.string({ maxLength: 20 })),
});
const anyRules: fc.Arbitrary<ReceiptRules> = fc
  .constantFrom(...roundingShape.options)
  .map((rounding: Rounding) => ({ ...RULES, rounding }));

function soldBody(cart: Cart, rules = RULES) {
  const receipt = buildReceipt(cart, rules, PLACE);
  return { ...receipt, payments: [payCash(receipt.totals.due, money(receipt.totals.due + 500))] };
}

/** A cart in which every figure is there and differs from every other. */
const FULL_CART: Cart = {
  cartId: cartIdShape.parse('cart-00000002'),
  lines: [
    {
      name: 'Kopi',
      quantity: quantity(3),
      unitScale: 1,
      unitPrice: money(12_345),
      discount: { type: 'amount', amount: money(321) },
      taxId: 'ppn',
    },
    { name: 'Beras', quantity: quantity(1_250), unitScale: 1000, unitPrice: money(14_000), taxId: 'service' },
  ],
  discount: { type: 'percent', basisPoints: 750 },
};

test('[MON7] a receipt has no fault when it is computed again from its own lines', () => {
  fc.assert(
    fc.property(anyCart, anyRules, (cart, rules) => {
      const body = soldBody(cart, rules);
      expect(findReceiptFault(body)).toBeNull();
      expect(body.totals).toEqual(priceCart(cart, rules).totals);
    }),
    { numRuns: 300 },
  );
});

test('[MON7] a receipt is readable as a sale, and has no fault after a journey as text either', () => {
  fc.assert(
    fc.property(anyCart, anyRules, (cart, rules) => {
      const read = saleBodyShape.parse(JSON.parse(JSON.stringify(soldBody(cart, rules))));
      expect(findReceiptFault(read)).toBeNull();
    }),
  );
});

type Path = readonly (string | number)[];

/** Every number that is money or a count inside lines, totals and payments. */
function figurePaths(value: unknown, path: Path = []): Path[] {
  if (typeof value === 'number') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => figurePaths(member, [...path, key]));
}

function changed<Value>(value: Value, path: Path, by: number): Value {
  const copy = structuredClone(value);
  const last = path.at(-1) as string;
  const holder = path.slice(0, -1).reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], copy);
  (holder as Record<string, number>)[last] = ((holder as Record<string, number>)[last] ?? 0) + by;
  return copy;
}

const body = soldBody(FULL_CART);
const tamperable = figurePaths({ lines: body.lines, totals: body.totals, payments: body.payments });

test.each(tamperable.map((path) => [path.join('.'), path] as const))('[MON8] a changed %s is found', (_name, path) => {
  for (const by of [1, 100]) expect(findReceiptFault(changed(body, path, by))).not.toBeNull();
});

test('[MON8] the fault names the first figure that differs', () => {
  expect(findReceiptFault(changed(body, ['lines', 1, 'total'], 1))).toBe('line-total');
  expect(findReceiptFault(changed(body, ['totals', 'net'], 1))).toBe('sale-total');
  expect(findReceiptFault(changed(body, ['payments', 0, 'amount'], -1))).toBe('payments');
  expect(findReceiptFault({ ...body, payments: [] })).toBe('payments');
});

test('[MON8] a line, a tax or a discount that was left out is found', () => {
  expect(findReceiptFault({ ...body, lines: body.lines.slice(1) })).not.toBeNull();
  expect(findReceiptFault({ ...body, taxes: [] })).not.toBeNull();
  expect(findReceiptFault({ ...body, discount: undefined })).not.toBeNull();
});

test('[MON9] cash gives back what was too much, and refuses what is too little', () => {
  fc.assert(
    fc.property(fc.nat(9_000_000), fc.nat(9_000_000), (due, tendered) => {
      if (tendered < due) {
        expect(() => payCash(money(due), money(tendered))).toThrow(RangeError);
        return;
      }
      const payment = payCash(money(due), money(tendered));
      expect(payment).toMatchObject({ tender: 'cash', amount: due, change: tendered - due, confirmed: true });
    }),
  );
});

test('[MON9] several payments together are what is due', () => {
  const receipt = buildReceipt(FULL_CART, RULES, PLACE);
  const payments = [payExactly('card', money(10_000)), payCash(money(receipt.totals.due - 10_000), money(100_000))];
  expect(findReceiptFault({ ...receipt, payments })).toBeNull();
});

test('[TAX4] a tax that is not named or not known is no tax', () => {
  const cart = (taxId: string | undefined): Cart => ({
    ...FULL_CART,
    discount: undefined,
    lines: [{ name: 'x', quantity: quantity(1), unitScale: 1, unitPrice: money(1_000), taxId }],
  });
  for (const taxId of [undefined, '', 'gone']) expect(priceCart(cart(taxId), RULES).totals.tax).toBe(0);
  expect(priceCart(cart('ppn'), RULES).totals.tax).toBe(99);
});

test('[TAX6] a receipt carries the taxes its lines name, and no others', () => {
  const receipt = buildReceipt({ ...FULL_CART, lines: FULL_CART.lines.slice(0, 1) }, RULES, PLACE);
  expect(receipt.taxes).toEqual([TAXES[0]]);
});

test('[MON7] the usual values are left out of a line', () => {
  const cart: Cart = {
    cartId: FULL_CART.cartId,
    lines: [{ name: 'x', quantity: quantity(2), unitScale: 1, unitPrice: money(5) }],
  };
  expect(buildReceipt(cart, RULES, PLACE).lines).toEqual([{ name: 'x', quantity: 2, unitPrice: 5, total: 10 }]);
});

test('[RCP1] a receipt number says till, generation and number', () => {
  expect(receiptNumber('K1' as TillCode, 2, 1_042)).toBe('K1-2-1042');
  expect(buildReceipt(FULL_CART, RULES, PLACE).receipt).toBe('K1-1-42');
});

test('[RCP1] nothing else is a receipt number', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9_999_999_999 }),
      fc.integer({ min: 1, max: 999 }),
      (receiptNo, generation) => {
        expect(receiptNumber('KASIR12' as TillCode, generation, receiptNo)).toMatch(RECEIPT_NUMBER);
      },
    ),
  );
  for (const bad of ['K1-1-0', 'K1-0-1', 'k1-1-1', 'K1-1', 'K1-1-1-1', 'K1-1-01', 'K1-1-1\n', '-1-1']) {
    expect(RECEIPT_NUMBER.test(bad)).toBe(false);
  }
});
