import { describe, expect, it } from 'vitest';
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
