import { expect, test } from 'vitest';
import type { ProductId } from '../../schema/ids.ts';
import { money } from '../../schema/money.ts';
import type { Product } from '../../schema/product.ts';
import { proposeOrders } from './propose-orders.ts';

const product = (id: string, more: Partial<Product>) =>
  ({ id, name: id, unitScale: 1, active: true, ...more }) as Product;
const stock: Record<string, number> = { few: 3, gone: -2, level: 10, rice: 1_500, off: 0, none: 0, asked: 0 };
const onHand = (id: ProductId) => stock[id] ?? 100;

test('[ORD4] what came down to its level and stands on no order is proposed, up to twice its level in whole units', () => {
  const products = [
    product('rice', { reorderLevel: 2_000, unitScale: 1_000 }),
    product('level', { reorderLevel: 10 }),
    product('few', { reorderLevel: 5 }),
    product('gone', { reorderLevel: 1 }),
    product('plenty', { reorderLevel: 5 }),
    product('off', { reorderLevel: 5, active: false }),
    product('none', {}),
    product('asked', { reorderLevel: 5 }),
  ];
  const standing = [{ lines: [{ productId: 'asked' }] }] as never;
  const costs = new Map([['few' as ProductId, money(900)]]);
  expect(proposeOrders(products, onHand, standing, costs)).toEqual([
    { productId: 'few', quantity: 7, unitCost: 900 },
    { productId: 'gone', quantity: 4, unitCost: null },
    { productId: 'level', quantity: 10, unitCost: null },
    { productId: 'rice', quantity: 3_000, unitCost: null },
  ]);
});
