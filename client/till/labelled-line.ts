import { type Money, type Rounding, scaleMoney, ZERO } from '../../schema/money.ts';
import type { Product } from '../../schema/product.ts';
import type { CartLine } from '../../schema/receipt.ts';
import { labelledGoods, type ScaleReading } from '../../schema/scale-barcode.ts';
import { LINE_QUANTITY_MAX, lineOf } from './cart-change.ts';

/**
 * The line of a scale's label. Null when the label does not fit the product: a weight of what is sold by the piece, a price that no number of
 * pieces makes, or more than a line holds.
 */
export function labelledLine(
  reading: Pick<ScaleReading, 'kind' | 'value'>,
  product: Product,
  rounding: Rounding,
): CartLine | null {
  if (reading.kind === 'weight' && product.unitScale === 1) return null;
  const grossOf = (amount: number) => scaleMoney(product.price, amount, product.unitScale, rounding);
  const goods = labelledGoods(reading, product, grossOf);
  if (goods === null || goods.quantity > LINE_QUANTITY_MAX) return null;
  if (product.unitScale === 1 && goods.off > 0) return null;
  return { ...lineOf(product, goods.quantity), discount: discountOf(goods.off) };
}

function discountOf(off: Money) {
  return off === ZERO ? undefined : ({ type: 'amount', amount: off } as const);
}
