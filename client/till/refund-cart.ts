import type { SaleLine } from '../../schema/entry/sale.ts';
import type { CartId } from '../../schema/ids.ts';
import { addMoney, type Rounding, scaleMoney, ZERO } from '../../schema/money.ts';
import type { Quantity } from '../../schema/quantity.ts';
import type { Cart, CartLine } from '../../schema/receipt.ts';

/** One line of a receipt and how much of it comes back. */
export interface RefundChoice {
  readonly line: SaleLine;
  /** Smallest units, 0 to the line's quantity. */
  readonly quantity: number;
}

/**
 * The cart of a refund. Each line carries its share of what was taken off when it was sold, its own discount and the
 * sale's together, so that the customer gets back what was paid, not the shelf price.
 */
export function refundCart(cartId: CartId, choices: readonly RefundChoice[], rounding: Rounding): Cart {
  const lines = choices.filter(({ quantity }) => quantity > 0).map((choice) => refundLine(choice, rounding));
  return { cartId, lines };
}

function refundLine({ line, quantity }: RefundChoice, rounding: Rounding): CartLine {
  const off = addMoney(line.discountTotal ?? ZERO, line.saleDiscount ?? ZERO);
  const share = scaleMoney(off, quantity, line.quantity, rounding);
  return {
    productId: line.productId,
    rev: line.rev,
    name: line.name,
    barcode: line.barcode,
    quantity: quantity as Quantity,
    unitScale: line.unitScale ?? 1,
    unitPrice: line.unitPrice,
    discount: share > 0 ? { type: 'amount', amount: share } : undefined,
    taxId: line.taxId,
  };
}

/** What came back already, per line of the receipt, from the refunds that name it. Lines of one product share it in order. */
export function alreadyBack(
  lines: readonly SaleLine[],
  refunds: readonly { readonly lines: readonly SaleLine[] }[],
): number[] {
  const left = new Map<string, number>();
  for (const line of refunds.flatMap((refund) => refund.lines)) {
    left.set(lineKey(line), (left.get(lineKey(line)) ?? 0) + line.quantity);
  }
  return lines.map((line) => {
    const back = Math.min(line.quantity, left.get(lineKey(line)) ?? 0);
    left.set(lineKey(line), (left.get(lineKey(line)) ?? 0) - back);
    return back;
  });
}

function lineKey(line: SaleLine): string {
  return `${line.productId ?? ''} ${line.unitPrice} ${line.name}`;
}
