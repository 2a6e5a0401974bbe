import { expect, test } from 'vitest';
import type { ProductId } from '../../schema/ids.ts';
import { money } from '../../schema/money.ts';
import type { Product } from '../../schema/product.ts';
import { orderArrivals } from '../../schema/stock/order-arrival.ts';
import type { OrderLine } from '../device/orders.ts';
import { orderCost } from './order-sums.ts';
import { orderRows, orderText } from './order-text.ts';
import { csvOf } from './report-csv.ts';

const line = (name: string, quantity: number, unitCost: number | null, note = ''): OrderLine => ({
  ...{ key: name, productId: name as ProductId, quantity, counted: quantity, note, mark: null },
  unitCost: unitCost === null ? null : money(unitCost),
});
const order = { lines: [line('tea', 12, 4_000, 'big ones'), line('rice', 2_500, 13_333), line('gone', 1, null)] };
const products: Record<string, Partial<Product>> = {
  tea: { name: 'Teh, manis', unitScale: 1, sku: 'T1', barcodes: ['1001' as never, '1002' as never] },
  rice: { name: '=Beras', unitScale: 1_000, barcodes: [] },
};
const productOf = ({ productId }: { productId: string }) => products[productId] as Product | undefined;

test('[ORD5] an order leaves as a message that says what and how much, and no cost', () => {
  const words = {
    title: 'Order for PT A',
    from: 'Toko, 2 May',
    note: 'Note: soon',
    quantity: (one: OrderLine) => String(one.quantity),
  };
  expect(orderText(order, productOf, words)).toBe(
    'Order for PT A\nToko, 2 May\n\n1. Teh, manis: 12 (big ones)\n2. =Beras: 2500\n3. gone: 1\n\nNote: soon',
  );
  expect(orderText({ lines: [] }, productOf, { ...words, note: '' })).toBe('Order for PT A\nToko, 2 May\n');
});

test('[ORD5] an order is saved as CSV with its costs, what arrived and what is missing', () => {
  const arrivals = orderArrivals(order.lines, [{ productId: 'tea' as ProductId, quantity: 5 }]);
  const rows = orderRows(order, { arrivals, deliveries: [] } as never, productOf, 2);
  expect(csvOf(['a'], rows).split('\r\n').slice(1, -1)).toEqual([
    '"Teh, manis",T1,1001,12,40,480,big ones,5,7',
    "'=Beras,,,2.5,133.33,333.33,,0,2.5",
    'gone,,,1,,,,0,1',
  ]);
});

test('[ORD5] the expected total says how many products have no cost', () => {
  expect(orderCost(order.lines, (one) => productOf(one)?.unitScale ?? 1)).toEqual({
    total: 48_000 + 33_333,
    unknown: 1,
  });
});
