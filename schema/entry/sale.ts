import { z } from 'zod';
import { cartIdShape, customerIdShape, entryIdShape, hashShape, productIdShape, shiftIdShape } from '../ids.ts';
import { currencyShape, moneyShape, roundingShape } from '../money.ts';
import { barcodeShape } from '../product.ts';
import { quantityShape, unitScaleShape } from '../quantity.ts';
import { RECEIPT_NUMBER } from '../receipt-number.ts';
import { revisionShape } from '../revision.ts';
import { taxShape } from '../tax.ts';
import { discountShape, saleTotalsShape } from '../totals.ts';
import { entryShape } from './header.ts';
import { paymentShape } from './payment.ts';

/**
 * One line of a sale or refund, with its money as computed at the till. Fields whose value is the usual one are left
 * out, because an invoice may have a thousand lines: no `productId` is an open item, no `unitScale` is 1, no
 * `discountTotal`, `saleDiscount` or `tax` is 0, no `taxId` is no tax.
 */
export const saleLineShape = z.object({
  productId: productIdShape.optional(),
  /** The product's revision whose price was taken. */
  rev: revisionShape.optional(),
  name: z.string().min(1).max(200),
  barcode: barcodeShape.optional(),
  /** The product's category when sold: reports count it there for ever. */
  category: z.string().max(60).optional(),
  quantity: quantityShape.min(1),
  unitScale: unitScaleShape.optional(),
  unitPrice: moneyShape.min(0),
  /** The shelf price, where a person replaced it. */
  listPrice: moneyShape.min(0).optional(),
  /** What a promotion takes off this line, before any discount. */
  promotion: z
    .object({
      id: z.string().max(40),
      name: z.string().max(80),
      amount: moneyShape.min(0),
      /** The promotion's revision by which the till computed it. */
      rev: revisionShape.optional(),
    })
    .optional(),
  /** The entry in which somebody allowed this line's price, discount or open item. */
  approval: entryIdShape.optional(),
  /** Its product was limited: it came out of its till's share, or went back into it. */
  limited: z.literal(true).optional(),
  /** In a refund: the place of this line in the original sale, from 0. */
  originalLine: z.int().min(0).optional(),
  discount: discountShape.optional(),
  discountTotal: moneyShape.optional(),
  saleDiscount: moneyShape.optional(),
  taxId: z.string().optional(),
  tax: moneyShape.optional(),
  total: moneyShape,
  note: z.string().max(200).optional(),
});
export type SaleLine = z.infer<typeof saleLineShape>;

const receiptFields = {
  cartId: cartIdShape,
  receiptNo: z.int().min(1),
  receipt: z.string().regex(RECEIPT_NUMBER),
  currency: currencyShape,
  rounding: roundingShape,
  lines: z.array(saleLineShape).min(1),
  /** The taxes that the lines name, as they were when sold. */
  taxes: z.array(taxShape),
  discount: discountShape.optional(),
  /** Who bought. A name alone will do; store credit needs the id. */
  customer: z.object({ id: customerIdShape.optional(), name: z.string().min(1).max(80) }).optional(),
  /** The shift it belongs to, whenever it arrives. */
  shift: shiftIdShape.optional(),
  /** The entries in which somebody allowed what this receipt does: its discount, a refund, a voided line. */
  approvals: z.array(entryIdShape).max(20).optional(),
  /** The refund and the sale of one exchange name the same one. */
  exchange: z.string().max(40).optional(),
  totals: saleTotalsShape,
  note: z.string().max(500).optional(),
};

/**
 * Where a sale of another system comes from: the integration, the key under which it was handed in, and the digest of what it said, so that
 * the same key never counts twice and never stands for something else.
 */
export const orderShape = z.object({
  integration: z.string().max(40),
  key: z.string().max(100),
  digest: hashShape,
  /** The order's number in the other system. */
  reference: z.string().max(60).optional(),
});

export const saleBodyShape = z.object({
  ...receiptFields,
  payments: z.array(paymentShape).min(1),
  order: orderShape.optional(),
});
export type SaleBody = z.infer<typeof saleBodyShape>;

/** A refund: the same lines and money, the other way round. `original` is missing when the receipt is not known. */
export const refundBodyShape = z.object({
  ...receiptFields,
  payments: z.array(paymentShape).min(1),
  original: z.object({ entry: entryIdShape.optional(), receipt: z.string().max(40) }).optional(),
  reason: z.string().max(200),
});
export type RefundBody = z.infer<typeof refundBodyShape>;

export const saleShape = entryShape('sale', saleBodyShape);
export const refundShape = entryShape('refund', refundBodyShape);
export type Sale = z.infer<typeof saleShape>;
export type Refund = z.infer<typeof refundShape>;
