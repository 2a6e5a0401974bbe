import type { ProductId } from '../../schema/ids.ts';
import type { Money } from '../../schema/money.ts';
import type { Order, OrderArrived, OrderWish } from '../device/orders.ts';
import { isAmount } from '../till/move-list.ts';

/** A product that may have come, as it is typed. */
export interface ArrivedRow {
  readonly productId: ProductId;
  readonly quantity: string;
  /** '' where nobody knows. */
  readonly cost: string;
}

/** What a delivery most likely holds: of each product what is missing, at the cost that was expected. */
export function arrivedRows(
  { lines }: Pick<Order, 'lines'>,
  { arrivals }: Pick<OrderArrived, 'arrivals'>,
  quantityText: (line: Pick<OrderWish, 'productId'>, amount: number) => string,
  costText: (cost: Money) => string,
): readonly ArrivedRow[] {
  const costs = new Map(lines.flatMap(({ productId, unitCost }) => (unitCost === null ? [] : [[productId, unitCost]])));
  const waited = arrivals.filter(({ missing }) => missing > 0);
  return (waited.length > 0 ? waited : arrivals.filter(({ ordered }) => ordered > 0)).map((arrival) => {
    const cost = costs.get(arrival.productId);
    return {
      productId: arrival.productId,
      quantity: quantityText(arrival, arrival.missing),
      cost: cost === undefined ? '' : costText(cost),
    };
  });
}

/** What a row says; null where it says nothing that can be written. */
export function rowWish(
  row: ArrivedRow,
  reader: { readonly quantity: (row: ArrivedRow) => number | null; readonly cost: (row: ArrivedRow) => Money | null },
): OrderWish | null {
  const quantity = row.quantity.trim() === '' ? 0 : reader.quantity(row);
  const unitCost = row.cost.trim() === '' ? null : reader.cost(row);
  const isBadCost = row.cost.trim() !== '' && (unitCost === null || unitCost < 0);
  return !isAmount(quantity, 0) || isBadCost ? null : { productId: row.productId, quantity, unitCost };
}
