import { describe, expect, it } from 'vitest';
import type { Money } from '../../schema/money.ts';
import { exampleProduct } from '../till/testing/example-product.ts';
import { goodsOf, marginOf, netPrice, receivedOf } from './goods-lines.ts';

const noodles = exampleProduct();
const rice = exampleProduct({ id: 'beras', unitScale: 1000 });
const parse = (typed: string) => (/^-?\d+$/.test(typed) ? (Number(typed) as Money) : null);

describe('lists of goods with their cost', () => {
  it('[MOV1] what arrived is written with its cost, where one is known', () => {
    const lines = [
      { product: noodles, amount: 24, cost: '2500' },
      { product: rice, amount: 5_000, cost: ' ' },
    ];
    expect(receivedOf(lines, parse)).toEqual({
      ok: true,
      value: [
        { productId: 'mie', quantity: 24, unitCost: 2_500 },
        { productId: 'beras', quantity: 5_000 },
      ],
    });
  });

  it('[MOV1] [TRF7] what cannot be is named by its product, and nothing is written', () => {
    for (const amount of [null, 0, -5, 10 ** 12])
      expect(goodsOf([{ product: noodles, amount }])).toEqual({
        ok: false,
        error: { code: 'bad-quantity', product: 'mie' },
      });
    for (const cost of ['x', '-1'])
      expect(receivedOf([{ product: noodles, amount: 1, cost }], parse)).toEqual({
        ok: false,
        error: { code: 'bad-cost', product: 'mie' },
      });
    expect(goodsOf([])).toEqual({ ok: false, error: { code: 'no-lines' } });
  });

  it('[COST2] [MOV1] a line below cost is known before it is saved', () => {
    expect(marginOf(3_000 as Money, 2_400)).toEqual({ basisPoints: 2_000, isBelowCost: false });
    expect(marginOf(3_000 as Money, 3_600)).toEqual({ basisPoints: -2_000, isBelowCost: true });
    expect(marginOf(3_000 as Money, null)).toBeNull();
    expect(marginOf(3_000 as Money, 'bad')).toBeNull();
  });

  it('[COST2] a margin is of what the price brings without its tax, as in reports', () => {
    const tax = { id: 'ppn', name: 'PPN 11%', rate: { num: 11, den: 100 }, inclusive: true };
    const net = (price: number, taxId: string, inclusive = true) =>
      netPrice({ price: price as Money, taxId }, { taxes: [{ ...tax, inclusive }], rounding: 'half-up' });
    expect([net(11_100, 'ppn'), net(11_100, 'ppn', false), net(11_100, '')]).toEqual([10_000, 11_100, 11_100]);
    expect(netPrice({ price: 11_100 as Money, taxId: 'ppn' }, undefined)).toBe(11_100);
    expect(marginOf(net(11_100, 'ppn'), 10_500)).toEqual({ basisPoints: -500, isBelowCost: true });
  });
});
