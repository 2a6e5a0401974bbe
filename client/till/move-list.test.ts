import { describe, expect, it } from 'vitest';
import { QUANTITY_MAX } from '../../schema/limits.ts';
import { addToList, adjustBody, badArrival, badCount, receiveBody } from './move-list.ts';
import { exampleProduct } from './testing/example-product.ts';

const noodles = exampleProduct();
const rice = exampleProduct({ id: 'beras', unitScale: 1000 });

describe('lists of goods', () => {
  it('[TILL13] each scan counts one unit up', () => {
    const list = addToList(addToList(addToList([], noodles), rice), noodles);
    expect(list.map(({ product, amount }) => [product.id, amount])).toEqual([
      ['mie', 2],
      ['beras', 1000],
    ]);
  });

  it('[TILL13] what arrived is written as it is; a line without a number writes nothing at all', () => {
    expect(receiveBody([{ product: noodles, amount: 24 }], 'SJ-1')).toEqual({
      reference: 'SJ-1',
      lines: [{ productId: 'mie', quantity: 24 }],
    });
    expect(receiveBody([{ product: noodles, amount: null }], '')).toBeNull();
    expect(receiveBody([{ product: noodles, amount: 0 }], '')).toBeNull();
    expect(receiveBody([], '')).toBeNull();
  });

  it('[TILL13] a count writes the difference to the book, and nothing where there is none', () => {
    const list = [
      { product: noodles, amount: 9 },
      { product: rice, amount: 2_000 },
    ];
    expect(adjustBody(list, 'counted', (id) => (id === 'mie' ? 12 : 2_000))).toEqual({
      reason: 'counted',
      lines: [{ productId: 'mie', delta: -3 }],
    });
    expect(adjustBody([{ product: noodles, amount: 0 }], 'counted', () => -2)?.lines).toEqual([
      { productId: 'mie', delta: 2 },
    ]);
    expect(adjustBody([{ product: noodles, amount: null }], 'counted', () => 0)).toBeNull();
  });

  it('[MOV6] the first line that no amount can be is named, and writes nothing', () => {
    const lines = (amount: number | null) => [
      { product: noodles, amount: 1 },
      { product: rice, amount },
    ];
    for (const amount of [null, -5, 10 ** 12]) {
      expect([badCount(lines(amount), () => 0), badArrival(lines(amount))].map((bad) => bad?.product)).toEqual([
        rice,
        rice,
      ]);
      expect(adjustBody(lines(amount), 'counted', () => 0)).toBeNull();
      expect(receiveBody(lines(amount), '')).toBeNull();
    }
    expect([badCount(lines(0), () => 0), badArrival(lines(QUANTITY_MAX))]).toEqual([undefined, undefined]);
    expect(badArrival(lines(0))?.product).toBe(rice);
    expect(badCount(lines(QUANTITY_MAX), () => -1)?.product).toBe(rice);
  });
});
