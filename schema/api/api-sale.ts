import { z } from 'zod';
import { tenderShape } from '../entry/payment.ts';
import { customerIdShape, entryIdShape, personIdShape, productIdShape } from '../ids.ts';
import { currencyShape, moneyShape } from '../money.ts';
import { barcodeShape } from '../product.ts';
import { quantityShape } from '../quantity.ts';
import { instantShape } from './api-lists.ts';
import { positionShape } from './paging.ts';

/** Lines of one sale from another system. */
export const API_SALE_LINES_MAX = 200;
/** Tenders of one. */
const PAYMENTS_MAX = 5;

const lineRequestShape = z
  .strictObject({
    productId: productIdShape.optional(),
    barcode: barcodeShape.optional(),
    name: z.string().min(1).max(200).optional().describe('For what is no product of the catalogue.'),
    quantity: quantityShape.min(1).describe('In the product’s smallest unit.'),
    unitPrice: moneyShape.min(0).optional().describe('Left out: the shelf price.'),
    note: z.string().max(200).optional(),
  })
  .describe('A product by its id or barcode, or an item with a name and a price of its own.');
export type LineRequest = z.infer<typeof lineRequestShape>;

const paymentRequestShape = z.strictObject({
  tender: tenderShape.extract(['cash', 'card', 'qris']),
  amount: moneyShape.min(0).optional().describe('Left out for one payment alone: all that is due.'),
  reference: z.string().max(120).optional().describe('E.g. the number at the payment service; never a card’s number.'),
});

/** A sale of another system, paid. Limited products are sold out of what no till holds; more than that is refused. */
export const saleRequestShape = z.strictObject({
  reference: z.string().min(1).max(60).optional().describe('The order’s number in the other system.'),
  soldAt: z.iso.datetime({ offset: true }).optional().describe('Left out: now.'),
  lines: z.array(lineRequestShape).min(1).max(API_SALE_LINES_MAX),
  payments: z.array(paymentRequestShape).min(1).max(PAYMENTS_MAX),
  customer: z.strictObject({ id: customerIdShape.optional(), name: z.string().min(1).max(80) }).optional(),
  note: z.string().max(300).optional(),
  promotions: z
    .boolean()
    .optional()
    .describe(
      'True: lines without a unitPrice get the shop’s promotions, as at a till; leave the payment’s amount out, or say what is due with them. ' +
        'Left out: none, and what is sold is at the shelf price.',
    ),
});
export type SaleRequest = z.infer<typeof saleRequestShape>;

const apiSaleLineShape = z.object({
  productId: productIdShape.optional(),
  name: z.string(),
  barcode: z.string().optional(),
  quantity: quantityShape,
  unitPrice: moneyShape,
  listPrice: moneyShape.optional().describe('The shelf price, where somebody set another.'),
  discount: moneyShape
    .optional()
    .describe('All that was taken off: by a promotion, off the line, and its share of what was taken off the sale.'),
  promotion: z.string().optional().describe('The name of the promotion that took something off.'),
  tax: moneyShape,
  total: moneyShape,
});

/** A sale or refund, of whichever device. Amounts are whole minor units of its currency; a refund's go the other way. */
export const apiSaleShape = z.object({
  id: entryIdShape,
  kind: z.enum(['sale', 'refund']),
  receipt: z.string(),
  reference: z.string().optional(),
  soldAt: instantShape.nullable().describe('By the till’s clock: a claim, nothing is ordered by it.'),
  receivedAt: instantShape.describe('By the server’s clock.'),
  person: personIdShape,
  currency: currencyShape,
  lines: z.array(apiSaleLineShape),
  net: moneyShape,
  tax: moneyShape,
  total: moneyShape,
  due: moneyShape.describe('The total with what rounding of cash changed.'),
  payments: z.array(z.object({ tender: tenderShape, amount: moneyShape, reference: z.string().optional() })),
  original: z.string().optional().describe('Of a refund: the receipt it takes back.'),
  flags: z.array(z.string()).describe('What looks odd; it counts all the same.'),
});
export type ApiSale = z.infer<typeof apiSaleShape>;

export const salesAnswerShape = z.object({
  sales: z.array(apiSaleShape),
  more: z.boolean().describe('True when more follow: ask again with `updatedSince` = `position`.'),
  position: positionShape,
});
