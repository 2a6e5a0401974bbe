import { expect, it } from 'vitest';
import type { Sale } from '../../schema/entry/sale.ts';
import { makeDeviceEntries } from '../../schema/fixtures/make-entries.ts';
import type { CartId, CustomerId } from '../../schema/ids.ts';
import type { Money } from '../../schema/money.ts';
import type { Quantity } from '../../schema/quantity.ts';
import type { Cart, ReceiptRules } from '../../schema/receipt.ts';
import { planRefund, refundTenders, tendersFor } from './refund-plan.ts';

const rules: ReceiptRules = {
  currency: { code: 'IDR', digits: 0 },
  rounding: 'half-up',
  taxes: [],
  cashRounding: { to: 100 as Money, rule: 'half-up' },
};
const cart = (price: number): Cart => ({
  cartId: `cart-${price}-0000` as CartId,
  lines: [{ name: 'x', quantity: 1 as Quantity, unitScale: 1, unitPrice: price as Money }],
});
const none = { sale: null, goods: null };

it('[RET7] a refund gives its total back, in cash as cash is rounded', () => {
  expect(planRefund({ ...none, cart: cart(1_040) }, 'cash', rules)?.refund).toMatchObject([{ amount: 1_000 }]);
  expect(planRefund({ ...none, cart: cart(1_040) }, 'card', rules)?.refund).toMatchObject([{ amount: 1_040 }]);
});

it('[RET8] with other goods only the rest changes hands', () => {
  const plan = planRefund({ sale: null, cart: cart(5_000), goods: cart(8_000) }, 'cash', rules);
  expect(plan?.rest).toEqual({ who: 'pay', amount: 3_000 });
  expect(plan?.sale.map(({ tender }) => tender)).toEqual(['exchange', 'cash']);
});

it('[RET7] nothing is planned before something comes back, and in an exchange something goes out', () => {
  const empty = { ...cart(1), lines: [] };
  expect(planRefund({ ...none, cart: empty }, 'cash', rules)).toBeNull();
  expect(planRefund({ sale: null, cart: cart(1), goods: empty }, 'cash', rules)).toBeNull();
  expect(planRefund({ ...none, cart: cart(1) }, 'cash', undefined)).toBeNull();
});

it('[RET7] money goes back in cash, as it was paid, or onto the account of a customer who has one', () => {
  const example = makeDeviceEntries().find(({ kind }) => kind === 'sale') as Sale;
  const paid = (tender: 'card' | 'cash', id?: string) =>
    ({
      ...example,
      body: {
        ...example.body,
        payments: [{ tender, amount: 1 as Money, confirmed: true }],
        customer: id ? { id: id as CustomerId, name: 'Budi' } : undefined,
      },
    }) as Sale;
  expect(refundTenders(null, false)).toEqual(['cash']);
  expect(refundTenders(paid('card'), false)).toEqual(['cash', 'card']);
  expect(refundTenders(paid('cash', 'c1'), false)).toEqual(['cash', 'credit']);
  expect(refundTenders(paid('cash'), true)).toEqual(['cash', 'card', 'qris']);
  expect(refundTenders(paid('cash', 'c1'), true)).toEqual(['cash', 'card', 'qris', 'credit']);
});

it('[CRD6] an exchange for dearer goods is not put on an account: nobody was asked for leave, and nobody looked at the limit', () => {
  expect(tendersFor(['cash', 'card', 'credit'], 'pay')).toEqual(['cash', 'card']);
  expect(tendersFor(['cash', 'credit'], 'back')).toEqual(['cash', 'credit']);
});

it('[RET10] what is owed of a sale on store credit is taken off first, and only the rest is money', () => {
  const plan = (price: number, owed: number) =>
    planRefund({ ...none, cart: cart(price) }, 'cash', rules, owed as Money);
  expect(plan(5_000, 8_000)).toMatchObject({
    refund: [{ tender: 'credit', amount: 5_000 }],
    onAccount: 5_000,
    rest: { amount: 0 },
  });
  expect(plan(5_000, 2_000)?.refund).toMatchObject([
    { tender: 'credit', amount: 2_000 },
    { tender: 'cash', amount: 3_000 },
  ]);
  expect(plan(5_000, 0)?.refund).toMatchObject([{ tender: 'cash', amount: 5_000 }]);
});
