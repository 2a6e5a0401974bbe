import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CartId, TillCode } from '../../schema/ids.ts';
import type { Money } from '../../schema/money.ts';
import type { Quantity } from '../../schema/quantity.ts';
import { buildReceipt, type CartLine, priceCart, type ReceiptRules } from '../../schema/receipt.ts';
import { alreadyBack, refundCart } from './refund-cart.ts';

const cartId = 'cart-00000001' as CartId;
const rules: ReceiptRules = {
  currency: { code: 'IDR', digits: 0 },
  rounding: 'half-up',
  taxes: [{ id: 'ppn', name: 'PPN', rate: { num: 11, den: 100 }, inclusive: true }],
};
const place = { till: 'K1' as TillCode, generation: 1, receiptNo: 1 };

const line = fc
  .record({
    quantity: fc.integer({ min: 1, max: 20 }),
    unitPrice: fc.integer({ min: 0, max: 500_000 }),
    off: fc.integer({ min: 0, max: 3_000 }),
  })
  .map(
    ({ quantity, unitPrice, off }): CartLine => ({
      name: 'x',
      quantity: quantity as Quantity,
      unitScale: 1,
      unitPrice: unitPrice as Money,
      discount: off > 0 ? { type: 'percent', basisPoints: off } : undefined,
      taxId: 'ppn',
    }),
  );
const sale = fc
  .record({ lines: fc.array(line, { minLength: 1, maxLength: 8 }), off: fc.integer({ min: 0, max: 5_000 }) })
  .map(({ lines, off }) =>
    buildReceipt(
      { cartId, lines, discount: off > 0 ? { type: 'percent', basisPoints: off } : undefined },
      rules,
      place,
    ),
  );

describe('refundCart', () => {
  it('[TILL10] everything back gives back exactly what was paid', () => {
    fc.assert(
      fc.property(sale, ({ lines, totals, rounding }) => {
        const back = refundCart(
          cartId,
          lines.map((one) => ({ line: one, quantity: one.quantity })),
          rounding,
        );
        expect(priceCart(back, rules).totals.due).toBe(totals.due);
      }),
    );
  });

  it('[TILL10] a part never gives back more than its line was paid', () => {
    fc.assert(
      fc.property(sale, fc.nat(), ({ lines, rounding }, seed) => {
        const choices = lines.map((one, index) => ({ line: one, quantity: (seed + index * 7) % (one.quantity + 1) }));
        const chosen = choices.filter(({ quantity }) => quantity > 0);
        const priced = priceCart(refundCart(cartId, choices, rounding), rules);
        for (const [index, { line: one }] of chosen.entries())
          expect(priced.lines[index]?.total ?? 0).toBeLessThanOrEqual(one.total);
      }),
    );
  });

  it('[TILL10] lines of which nothing comes back are not in it', () => {
    const { lines } = buildReceipt({ cartId, lines: fc.sample(line, { numRuns: 2, seed: 1 }) }, rules, place);
    expect(
      refundCart(
        cartId,
        lines.map((one, index) => ({ line: one, quantity: index })),
        'half-up',
      ).lines,
    ).toHaveLength(1);
  });
});

describe('alreadyBack', () => {
  it('[TILL10] counts earlier refunds line by line, and never more than was sold', () => {
    const [one] = buildReceipt(
      { cartId, lines: [{ name: 'a', quantity: 3 as Quantity, unitScale: 1, unitPrice: 100 as Money }] },
      rules,
      place,
    ).lines;
    if (!one) throw new Error('A receipt of one line has one.');
    const returned = (quantity: number) => ({ lines: [{ ...one, quantity: quantity as Quantity }] });
    expect(alreadyBack([one], [])).toEqual([0]);
    expect(alreadyBack([one], [returned(1), returned(1)])).toEqual([2]);
    expect(alreadyBack([one, one], [returned(4)])).toEqual([3, 1]);
  });
});
