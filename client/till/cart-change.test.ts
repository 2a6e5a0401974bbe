import { describe, expect, it } from 'vitest';
import { type CartId, type DeviceId, entryId } from '../../schema/ids.ts';
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

describe('changeCart on a line', () => {
  const plain = { quantity: 2, discount: undefined, price: 3_500 as Money, note: '', approvals: [] };
  const amend = (cart: Cart, line: object) =>
    changeCart(cart, { type: 'amend', index: 0, line: { ...plain, ...line } });
  const approvalOf = (seq: number) => entryId('0'.repeat(16) as DeviceId, seq);

  it('[CART3] another price keeps the shelf price beside it, and the shelf price again takes it away', () => {
    const cheaper = amend(add(empty), { price: 3_000 as Money });
    expect(cheaper.lines[0]).toMatchObject({ unitPrice: 3_000, listPrice: 3_500, quantity: 2 });
    const dearer = amend(cheaper, { price: 4_000 as Money });
    expect(dearer.lines[0]).toMatchObject({ unitPrice: 4_000, listPrice: 3_500 });
    expect(amend(dearer, {}).lines[0]?.listPrice).toBeUndefined();
  });

  it('[CART3] a line with a note, or a price of its own, is not counted up by the next scan', () => {
    expect(quantities(add(amend(add(empty), { note: 'pedas' })))).toEqual([2, 1]);
    expect(quantities(add(amend(add(empty), { price: 3_000 as Money })))).toEqual([2, 1]);
  });

  it('[CART4] an approval stands on its line; a second one, and those of the whole, on the receipt', () => {
    const cart = amend(add(empty), { approvals: [approvalOf(1), approvalOf(2)] });
    expect(cart.lines[0]?.approval).toBe(approvalOf(1));
    expect(cart.approvals).toEqual([approvalOf(2)]);
    const off = { type: 'percent', basisPoints: 5_000 } as const;
    const discounted = changeCart(cart, { type: 'sale-discount', discount: off, approval: approvalOf(3) });
    const voided = changeCart(discounted, { type: 'remove', index: 0, approval: approvalOf(4) });
    expect(voided.approvals).toEqual([approvalOf(2), approvalOf(3), approvalOf(4)]);
  });

  it('[CART4] what was allowed for a line before stays named when something else is allowed for it', () => {
    const cheaper = amend(add(empty), { price: 3_000 as Money, approvals: [approvalOf(1)] });
    const off = { type: 'percent', basisPoints: 5_000 } as const;
    const both = amend(cheaper, { price: 3_000 as Money, discount: off, approvals: [approvalOf(2)] });
    expect([both.lines[0]?.approval, ...(both.approvals ?? [])]).toEqual([approvalOf(2), approvalOf(1)]);
  });
});
