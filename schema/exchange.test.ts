import fc from 'fast-check';
import { expect, it } from 'vitest';
import { exchangePayments, exchangeRest } from './exchange.ts';
import type { Money } from './money.ts';
import { roundingOf } from './settle-payments.ts';

const amount = fc.integer({ min: 0, max: 2_000_000 }).map((value) => value as Money);
const tender = fc.constantFrom('cash', 'card', 'qris', 'credit');
const rounding = fc.constantFrom(undefined, { to: 100 as Money, rule: 'half-up' } as const);

it('[RET8] what one half gives into the exchange the other takes, and one of them carries the rest', () => {
  fc.assert(
    fc.property(amount, amount, tender, rounding, (refundTotal, saleTotal, rest, rule) => {
      const { refund, sale } = exchangePayments(refundTotal, saleTotal, rest, rule);
      expect(refund[0]).toEqual({ tender: 'exchange', amount: Math.min(refundTotal, saleTotal), confirmed: true });
      expect(sale[0]).toEqual(refund[0]);
      expect(roundingOf(refundTotal, refund, rule)).not.toBeNull();
      expect(roundingOf(saleTotal, sale, rule)).not.toBeNull();
      expect(Math.min(refund.length, sale.length)).toBe(1);
    }),
  );
});

it('[RET8] the rest is told to the side that owes it, and a QRIS payment is not confirmed yet', () => {
  const pay = exchangePayments(10_000 as Money, 25_000 as Money, 'qris', undefined);
  expect(exchangeRest(pay)).toEqual({ who: 'pay', amount: 15_000 });
  expect(pay.sale[1]).toEqual({ tender: 'qris', amount: 15_000, confirmed: false });
  const back = exchangePayments(25_000 as Money, 10_000 as Money, 'cash', undefined);
  expect(exchangeRest(back)).toEqual({ who: 'back', amount: 15_000 });
  expect(exchangeRest(exchangePayments(10_000 as Money, 10_000 as Money, 'cash', undefined)).who).toBe('even');
});
