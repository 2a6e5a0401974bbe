import { describe, expect, it } from 'vitest';
import { type DeviceId, entryId } from '../../schema/ids.ts';
import type { Money } from '../../schema/money.ts';
import { openCart } from './open-cart.ts';
import { exampleProduct } from './testing/example-product.ts';

function createTexts() {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
    removeItem: (key: string) => void kept.delete(key),
  };
}

function createIds() {
  let made = 0;
  return () => {
    made += 1;
    return `cart-${String(made).padStart(8, '0')}`;
  };
}

const product = exampleProduct();

describe('openCart', () => {
  it('[TILL7] a cart that is opened again is the same cart', () => {
    const deps = { texts: createTexts(), slot: 'K1', newId: createIds() };
    const first = openCart(deps);
    first.change({ type: 'add', product, quantity: 2 });
    first.change({ type: 'sale-discount', discount: { type: 'percent', basisPoints: 500 } });
    expect(JSON.stringify(openCart(deps).cart.get())).toBe(JSON.stringify(first.cart.get()));
  });

  it('[TILL7] each device of a browser has its own cart', () => {
    const shared = { texts: createTexts(), newId: createIds() };
    openCart({ ...shared, slot: 'K1' }).change({ type: 'add', product, quantity: 1 });
    expect(openCart({ ...shared, slot: 'K2' }).cart.get().lines).toEqual([]);
  });

  it('[TILL7] what another tab sold is not open here any more: a change goes into the cart that is', () => {
    const deps = { texts: createTexts(), slot: 'K1', newId: createIds() };
    const older = openCart(deps);
    older.change({ type: 'add', product, quantity: 1 });
    const newer = openCart(deps);
    newer.renew();
    older.change({ type: 'add', product, quantity: 3 });
    expect(older.cart.get().cartId).toBe(newer.cart.get().cartId);
    expect(older.cart.get().lines).toMatchObject([{ quantity: 3 }]);
  });

  it('[I14] a renewed cart is empty and has an id of its own', () => {
    const cart = openCart({ texts: createTexts(), slot: 'K1', newId: createIds() });
    const before = cart.cart.get().cartId;
    cart.renew();
    expect(cart.cart.get()).toMatchObject({ lines: [] });
    expect(cart.cart.get().cartId).not.toBe(before);
  });

  it('[CART1] every change is taken back by itself, clearing too, and nothing beyond the last sale', () => {
    const cart = openCart({ texts: createTexts(), slot: 'K1', newId: createIds() });
    const states = [cart.cart.get()];
    const act = (change: () => void) => {
      change();
      states.push(cart.cart.get());
    };
    act(() => cart.change({ type: 'add', product, quantity: 1 }));
    act(() => cart.change({ type: 'note', note: 'tanpa gula' }));
    act(() => cart.change({ type: 'customer', customer: { name: 'Ibu Tini' } }));
    act(cart.clear);
    states.pop();
    for (const before of states.toReversed()) {
      expect(cart.undo()).toBe(true);
      expect(JSON.stringify(cart.cart.get())).toBe(JSON.stringify(before));
    }
    expect(cart.undo()).toBe(false);
    cart.change({ type: 'add', product, quantity: 1 });
    cart.renew();
    expect(cart.undo()).toBe(false);
  });

  it('[CART2] a reload finds notes, customer, prices and approvals again', () => {
    const deps = { texts: createTexts(), slot: 'K1', newId: createIds() };
    const cart = openCart(deps);
    cart.change({ type: 'add', product, quantity: 1 });
    const approvals = [entryId('0'.repeat(16) as DeviceId, 1)];
    const line = { quantity: 2, discount: undefined, price: 3_000 as Money, note: 'pedas', approvals };
    cart.change({ type: 'amend', index: 0, line });
    cart.change({ type: 'customer', customer: { name: 'Ibu Tini' } });
    const again = openCart(deps).cart.get();
    expect(again).toMatchObject({
      customer: { name: 'Ibu Tini' },
      lines: [{ note: 'pedas', listPrice: 3_500, unitPrice: 3_000 }],
    });
    expect(again.lines[0]?.approval).toBe(approvals[0]);
    expect(again.lines[0]?.category).toBe('Noodles');
  });

  it.each(['', '{', 'null', '{"cartId":"x"}', '{"cartId":"cart-00000009","lines":[{"quantity":0}]}'])(
    '[TILL7] what cannot be read gives a new cart: %s',
    (text) => {
      const texts = createTexts();
      texts.setItem('laci.cart.K1', text);
      expect(openCart({ texts, slot: 'K1', newId: createIds() }).cart.get()).toEqual({
        cartId: 'cart-00000001',
        lines: [],
      });
    },
  );
});
