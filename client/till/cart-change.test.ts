import { describe, expect, it } from 'vitest';
import type { CartId } from '../../schema/ids.ts';
import type { Money } from '../../schema/money.ts';
import type { Cart } from '../../schema/receipt.ts';
import { changeCart, countItems, LINE_QUANTITY_MAX } from './cart-change.ts';
import { exampleProduct } from './testing/example-product.ts';

const empty: Cart = { cartId: 'cart-00000001' as CartId, lines: [] };
const noodles = exampleProduct();
const rice = exampleProduct({ id: 'beras', name: 'Beras', unitScale: 1000, price: 14_000 });
const add = (cart: Cart, product = noodles) => changeCart(cart, { type: 'add', product, quantity: product.unitScale });
const quantities = (cart: Cart) => cart.lines.map((line) => line.quantity);

describe('changeCart', () => {
  it('[TILL6] a product scanned twice is one line of two', () => {
    expect(quantities(add(add(empty)))).toEqual([2]);
  });

  it('[TILL6] a line with a discount, or of another price, stays by itself', () => {
    const discounted = changeCart(add(empty), {
      type: 'discount',
      index: 0,
      discount: { type: 'percent', basisPoints: 1_000 },
    });
    expect(quantities(add(discounted))).toEqual([1, 1]);
    expect(quantities(add(add(empty), exampleProduct({ price: 4_000 })))).toEqual([1, 1]);
  });

  it('[TILL6] a quantity of nothing takes the line away; a huge one is held at the bound', () => {
    expect(changeCart(add(empty), { type: 'quantity', index: 0, quantity: 0 }).lines).toEqual([]);
    expect(quantities(changeCart(add(empty), { type: 'quantity', index: 0, quantity: 8_998_866_200_578 }))).toEqual([
      LINE_QUANTITY_MAX,
    ]);
  });

  it('[TILL6] a line that was taken out goes back to its place', () => {
    const both = add(add(empty), rice);
    const [first] = both.lines;
    const without = changeCart(both, { type: 'remove', index: 0 });
    expect(without.lines.map((line) => line.name)).toEqual(['Beras']);
    expect(changeCart(without, { type: 'insert', index: 0, line: first as NonNullable<typeof first> })).toEqual(both);
  });

  it('[TILL6] a line keeps the price and revision it was chosen at', () => {
    expect(add(empty).lines[0]).toMatchObject({
      unitPrice: 3_500 as Money,
      rev: { epoch: 1, n: 1 },
      barcode: '8998866200578',
      taxId: 'ppn',
    });
  });

  it('[TILL6] counts pieces, and a weighed line as one', () => {
    expect(countItems(add(add(add(empty)), rice))).toBe(3);
  });
});
