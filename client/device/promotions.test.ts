import { expect, test } from 'vitest';
import type { CompanyDoc } from '../../schema/company.ts';
import type { BranchId, CartId, ProductId } from '../../schema/ids.ts';
import { money } from '../../schema/money.ts';
import { quantity } from '../../schema/quantity.ts';
import type { Cart } from '../../schema/receipt.ts';
import { createCompanyBook } from '../store/company-book.ts';
import { createPromotions } from './promotions.ts';

const head = { scope: '*', rev: { epoch: 1, n: 1 }, active: true };
const days = { from: '2026-01-01', to: '2026-12-31' };
const HAPPY = {
  ...{ ...head, ...days, id: 'promotion:happy', kind: 'promotion', promotion: 'happy', name: 'Happy hour' },
  ...{ hours: { from: 17 * 60, to: 19 * 60 }, rule: { type: 'percent', target: { of: 'all' }, basisPoints: 2_000 } },
} as unknown as CompanyDoc;
const MEMBERS = {
  ...{ ...head, ...days, id: 'promotion:member', kind: 'promotion', promotion: 'member', name: 'Harga anggota' },
  ...{ group: 'member', rule: { type: 'price', target: { of: 'all' }, price: 3_000 } },
} as unknown as CompanyDoc;
const TINI = {
  ...head,
  id: 'customer:tini',
  kind: 'customer',
  customer: 'tini',
  name: 'Ibu Tini',
  group: 'member',
} as unknown as CompanyDoc;

const NOODLES = {
  productId: 'mie' as ProductId,
  name: 'Mie goreng',
  quantity: quantity(2),
  unitScale: 1,
  unitPrice: money(3_500),
};
const CART: Cart = { cartId: 'cart-00001' as CartId, lines: [NOODLES] };
const member = { ...CART, customer: { id: 'tini' as never, name: 'Ibu Tini' } };

function promotionsAt(at: number, docs: readonly CompanyDoc[]) {
  const company = createCompanyBook('utama' as BranchId);
  company.load(docs);
  return createPromotions({ clock: () => at, zoneMinutes: () => 7 * 60 }, company);
}
const amountOf = (cart: Cart) => cart.lines[0]?.promotion?.amount;

test('[PRM1] the hour is the device’s own, in its own zone', () => {
  const docs = [HAPPY];
  expect(amountOf(promotionsAt(Date.UTC(2026, 7, 17, 10, 30), docs).apply(CART))).toBe(1_400);
  expect(amountOf(promotionsAt(Date.UTC(2026, 7, 17, 17, 30), docs).apply(CART))).toBeUndefined();
});

test('[PRM1] the group is that of the cart’s customer, where the customer is known', () => {
  const promotions = promotionsAt(Date.UTC(2026, 7, 17), [MEMBERS, TINI]);
  expect(amountOf(promotions.apply(CART))).toBeUndefined();
  expect(amountOf(promotions.apply(member))).toBe(1_000);
  expect(amountOf(promotions.apply({ ...CART, customer: { name: 'Ibu Tini' } }))).toBeUndefined();
});

test('[MON6] a cart whose sums are too large comes back as it is', () => {
  const line = { ...NOODLES, unitPrice: money(Number.MAX_SAFE_INTEGER) };
  const cart = { ...CART, lines: [line] };
  expect(promotionsAt(Date.UTC(2026, 7, 17, 10, 30), [HAPPY]).apply(cart)).toBe(cart);
});
