import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exchangePayments, exchangeRest } from './exchange.ts';
import type { Money } from './money.ts';
import { payExactly } from './receipt.ts';
import { creditLeft } from './refund-credit.ts';
import { paidBy, roundingOf } from './settle-payments.ts';

const pay = (tender: 'cash' | 'credit', amount: number) => payExactly(tender, amount as Money);

test('[RET10] what a sale left on the account is what was put there, as corrected, less what refunds took off', () => {
  const paid = [pay('cash', 10_000), pay('credit', 30_000)];
  expect(creditLeft(paid, [], [])).toBe(30_000);
  expect(creditLeft(paid, [], [{ payments: [pay('credit', 12_000), pay('cash', 5_000)] }])).toBe(18_000);
  const amount = 30_000 as Money;
  expect(creditLeft(paid, [{ from: 'credit', to: 'cash', amount }], [])).toBe(0);
  expect(creditLeft([pay('cash', 30_000)], [{ from: 'cash', to: 'credit', amount }], [])).toBe(30_000);
  expect(creditLeft(paid, [], [{ payments: [pay('credit', 50_000)] }])).toBe(0);
});

const amount = fc.integer({ min: 0, max: 2_000_000 }).map((value) => value as Money);
const rounding = fc.constantFrom(undefined, { to: 100 as Money, rule: 'half-up' } as const);

test('[RET10] [RET8] of an exchange too, what is owed goes first, and no more of it than comes back beyond the goods', () => {
  fc.assert(
    fc.property(amount, amount, amount, rounding, (back, out, owed, rule) => {
      const both = exchangePayments(back, out, 'cash', rule, owed);
      const beyond = Math.max(0, back - out);
      expect(paidBy(both.refund.filter(({ tender }) => tender === 'credit'))).toBe(Math.min(beyond, owed));
      expect(roundingOf(back, both.refund, rule)).not.toBeNull();
      expect(roundingOf(out, both.sale, rule)).not.toBeNull();
      if (beyond > 0 && owed >= beyond) expect(exchangeRest(both)).toEqual({ who: 'even', amount: 0 });
    }),
  );
});
