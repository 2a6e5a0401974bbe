import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CashRounding } from './cash-rounding.ts';
import { type Payment, type Tender, tenderShape } from './entry/payment.ts';
import { money } from './money.ts';
import { payCash, payExactly } from './receipt.ts';
import { cashDue, isTooMuch, leftToPay, paidBy, roundingOf } from './settle-payments.ts';

const HUNDREDS: CashRounding = { to: money(100), rule: 'half-up' };
const anyTotal = fc.integer({ min: 1, max: 50_000_000 }).map(money);
const anyPart = fc.record({
  tender: fc.constantFrom<Tender>(...tenderShape.options),
  share: fc.integer({ min: 1, max: 99 }),
});
const anyRule = fc.constantFrom(undefined, HUNDREDS, { to: money(500), rule: 'down' } as CashRounding);

test('[PAY2] whatever was paid in parts, cash for what is left settles the sale, rounded where the shop rounds', () => {
  fc.assert(
    fc.property(anyTotal, fc.array(anyPart, { maxLength: 5 }), anyRule, (total, parts, rule) => {
      const taken: Payment[] = [];
      for (const { tender, share } of parts) {
        const part = Math.floor((leftToPay(total, taken) * share) / 100);
        taken.push(payExactly(tender, money(tender === 'cash' && rule ? part - (part % rule.to) : part)));
      }
      const due = cashDue(total, taken, rule);
      if (due < 0) return;
      const payments = [...taken, payCash(due, due)];
      const rounding = roundingOf(total, payments, rule);
      expect(rounding).not.toBeNull();
      expect(paidBy(payments)).toBe(total + (rounding ?? 0));
      expect(Math.abs(rounding ?? 0)).toBeLessThan(rule?.to ?? 1);
    }),
  );
});

test('[PAY2] by any other tender what is left settles it exactly, and nothing is rounded', () => {
  fc.assert(
    fc.property(anyTotal, fc.integer({ min: 0, max: 100 }), anyRule, (total, share, rule) => {
      const first = payExactly('qris', money(Math.floor((total * share) / 100)));
      const payments = [first, payExactly('card', leftToPay(total, [first]))];
      expect(roundingOf(total, payments, rule)).toBe(0);
    }),
  );
});

test('[RND2] only the part that is paid in cash is rounded', () => {
  const card = payExactly('card', money(10_025));
  expect(cashDue(money(22_349), [card], HUNDREDS)).toBe(12_300);
  expect(roundingOf(money(22_349), [card, payCash(money(12_300), money(20_000))], HUNDREDS)).toBe(-24);
  expect(roundingOf(money(22_349), [payExactly('card', money(22_300))], HUNDREDS)).toBeNull();
});

test('[PAY2] too little, too much or nothing settles no sale', () => {
  const total = money(50_000);
  for (const amount of [49_999, 50_001])
    expect(roundingOf(total, [payExactly('cash', money(amount))], undefined)).toBeNull();
  expect(roundingOf(total, [], undefined)).toBeNull();
  expect(cashDue(total, [payExactly('card', money(60_000))], HUNDREDS)).toBe(-10_000);
});

test('[PAY2] cash above the total is not too much while its rounded sum is not reached', () => {
  const [total, up] = [money(10_100), { to: money(500), rule: 'up' } as CashRounding];
  const part = payExactly('cash', money(10_200));
  expect(isTooMuch(total, [part], up)).toBe(false);
  expect(cashDue(total, [part], up)).toBe(300);
  expect(roundingOf(total, [part, payExactly('cash', money(300))], up)).toBe(400);
  expect(isTooMuch(total, [part], undefined)).toBe(true);
  expect(isTooMuch(total, [payExactly('card', money(10_200))], up)).toBe(true);
  expect(isTooMuch(total, [payExactly('cash', money(10_000))], up)).toBe(false);
});
