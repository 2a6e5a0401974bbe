import { describe, expect, it } from 'vitest';
import type { Sale } from '../../schema/entry/sale.ts';
import type { CartId } from '../../schema/ids.ts';
import type { Money } from '../../schema/money.ts';
import type { Quantity } from '../../schema/quantity.ts';
import { type Cart, priceCart, type ReceiptRules } from '../../schema/receipt.ts';
import { displayStateShape, LINES_SHOWN } from '../display/display-state.ts';
import { displayShow, type TillView } from './display-show.ts';

const RULES: ReceiptRules = { currency: { code: 'IDR', digits: 0 }, rounding: 'half-up', taxes: [] };

function cartOf(count: number): Cart {
  const lines = Array.from({ length: count }, (_, index) => ({
    name: `Produk ${index + 1}`,
    quantity: 2 as Quantity,
    unitScale: 1,
    unitPrice: 5_000 as Money,
  }));
  return { cartId: 'cart' as CartId, lines, customer: { name: 'Ibu Rina' }, note: 'secret' };
}

const view = (cart: Cart, more: Partial<TillView> = {}): TillView => ({
  cart,
  priced: priceCart(cart, RULES),
  left: null,
  qris: null,
  sold: null,
  ...more,
});

describe('what the customer display shows', () => {
  it('[DSP1] nothing but the shop while the cart is empty, or before its figures are known', () => {
    expect(displayShow(view(cartOf(0)))).toEqual({ at: 'idle' });
    expect(displayShow(view(cartOf(2), { priced: null }))).toEqual({ at: 'idle' });
  });

  it('[DSP1] the newest lines and the total as the cart grows, and how many stand above', () => {
    const shown = displayShow(view(cartOf(LINES_SHOWN + 2)));
    if (shown.at !== 'cart') throw new Error(shown.at);
    expect(shown.cart.lines.map(({ name }) => name)).toEqual([3, 4, 5, 6, 7, 8].map((n) => `Produk ${n}`));
    expect(shown.cart).toMatchObject({ more: 2, total: 80_000, saved: 0 });
  });

  it('[DSP1] neither the customer’s name, nor the note, nor anything of the shop’s own', () => {
    expect(JSON.stringify(displayShow(view(cartOf(2))))).not.toMatch(/Rina|secret|cartId/);
  });

  it('[DSP1] what is left while money is taken, the code while a phone is asked, the change when it is sold', () => {
    const cart = cartOf(1);
    const qris = { at: 'qris', code: '00', merchant: 'Toko', amount: 10_000 as Money } as const;
    expect(displayShow(view(cart, { left: 4_000 as Money }))).toMatchObject({ at: 'paying', left: 4_000 });
    expect(displayShow(view(cart, { left: 4_000 as Money, qris }))).toEqual(qris);
    const body = { totals: { due: 10_000 }, payments: [{ tender: 'cash', amount: 10_000, change: 2_500 }] };
    const sold = { body } as unknown as Sale;
    expect(displayShow(view(cart, { sold }))).toEqual({ at: 'thanks', total: 10_000, change: 2_500 });
  });

  it('[DSP1] what is shown fits the shape of the message, whatever a line is called', () => {
    const cart = cartOf(1);
    const long = { ...cart, lines: cart.lines.map((line) => ({ ...line, name: 'x'.repeat(500) })) };
    const shop = { name: 'Toko', branch: '' };
    const state = { language: 'en', scheme: 'auto', shop, currency: RULES.currency, show: displayShow(view(long)) };
    expect(displayStateShape.safeParse(state).success).toBe(true);
  });
});
