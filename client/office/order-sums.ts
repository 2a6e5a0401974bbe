import { addMoney, type Money, scaleMoney, ZERO } from '../../schema/money.ts';
import type { OrderWish } from '../device/orders.ts';

/** What a line is expected to cost; null where nobody knows what one does. */
export function lineCost({ quantity, unitCost }: OrderWish, unitScale: number): Money | null {
  return unitCost === null ? null : scaleMoney(unitCost, quantity, unitScale, 'half-up');
}

/** What an order is expected to cost, and how many of its lines nobody knows the cost of. */
export function orderCost(
  lines: readonly OrderWish[],
  scaleOf: (line: OrderWish) => number,
): { readonly total: Money; readonly unknown: number } {
  const costs = lines.map((line) => lineCost(line, scaleOf(line)));
  return {
    total: addMoney(...costs.map((cost) => cost ?? ZERO)),
    unknown: costs.filter((cost) => cost === null).length,
  };
}
