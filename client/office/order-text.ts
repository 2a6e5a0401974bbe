import type { Product } from '../../schema/product.ts';
import type { Order, OrderArrived, OrderLine } from '../device/orders.ts';
import { lineCost } from './order-sums.ts';
import { type Cell, plainMoney } from './report-csv.ts';

type ProductOf = (line: Pick<OrderLine, 'productId'>) => Product | undefined;

/** The words around an order that leaves the app. */
export interface OrderWords {
  readonly title: string;
  /** Who orders, and on what day. */
  readonly from: string;
  /** '' for none. */
  readonly note: string;
  readonly quantity: (line: OrderLine) => string;
}

/** An order as a message to a supplier: what and how much, a line each; costs are the shop's own business. */
export function orderText({ lines }: Pick<Order, 'lines'>, productOf: ProductOf, words: OrderWords): string {
  const goods = lines.map((line, place) => {
    const note = line.note ? ` (${line.note})` : '';
    return `${place + 1}. ${productOf(line)?.name ?? line.productId}: ${words.quantity(line)}${note}`;
  });
  return [words.title, words.from, '', ...goods, ...(words.note ? ['', words.note] : [])].join('\n');
}

/** The rows of an order's table: product, SKU, barcode, quantity, cost of one, total, note, arrived, missing. Amounts are plain numbers. */
export function orderRows(
  { lines }: Pick<Order, 'lines'>,
  arrived: Pick<OrderArrived, 'arrivals'> | undefined,
  productOf: ProductOf,
  digits: number,
): Cell[][] {
  const arrivals = new Map(arrived?.arrivals.map((one) => [one.productId, one]));
  return lines.map((line) => {
    const product = productOf(line);
    const scale = product?.unitScale ?? 1;
    const [arrival, cost] = [arrivals.get(line.productId), lineCost(line, scale)];
    return [
      ...[product?.name ?? line.productId, product?.sku ?? '', product?.barcodes[0] ?? ''],
      line.quantity / scale,
      line.unitCost === null ? null : plainMoney(line.unitCost, digits),
      cost === null ? null : plainMoney(cost, digits),
      line.note,
      (arrival?.received ?? 0) / scale,
      (arrival?.missing ?? line.quantity) / scale,
    ];
  });
}
