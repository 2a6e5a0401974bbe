import { z } from 'zod';
import { cartIdShape, customerIdShape, entryIdShape, productIdShape } from '../../schema/ids.ts';
import { moneyShape } from '../../schema/money.ts';
import { quantityShape, unitScaleShape } from '../../schema/quantity.ts';
import type { Cart } from '../../schema/receipt.ts';
import { revisionShape } from '../../schema/revision.ts';
import { discountShape } from '../../schema/totals.ts';

/** A cart as it is kept over a reload. Promotions are not: they are worked out anew, whenever it is looked at. */
const keptCartShape = z.object({
  cartId: cartIdShape,
  lines: z.array(
    z.object({
      productId: productIdShape.optional(),
      rev: revisionShape.optional(),
      name: z.string(),
      barcode: z.string().optional(),
      category: z.string().optional(),
      quantity: quantityShape.min(1),
      unitScale: unitScaleShape,
      unitPrice: moneyShape.min(0),
      listPrice: moneyShape.min(0).optional(),
      taxId: z.string().optional(),
      discount: discountShape.optional(),
      note: z.string().optional(),
      approval: entryIdShape.optional(),
      originalLine: z.int().min(0).optional(),
    }),
  ),
  discount: discountShape.optional(),
  note: z.string().optional(),
  customer: z.object({ id: customerIdShape.optional(), name: z.string() }).optional(),
  approvals: z.array(entryIdShape).optional(),
  exchange: z.string().optional(),
});

/** Reads a kept cart; null when there is none or it cannot be read. */
export function readKeptCart(text: string | null): Cart | null {
  if (text === null) return null;
  try {
    const parsed = keptCartShape.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
