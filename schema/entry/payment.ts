import { z } from 'zod';
import { customerIdShape, entryIdShape, shiftIdShape } from '../ids.ts';
import { moneyShape } from '../money.ts';
import { entryShape } from './header.ts';

/**
 * How money changed hands. `credit` is store credit (kasbon): the customer owes it. `exchange` carries what a refund gave back
 * into the sale of the same exchange: over both it adds up to nothing.
 */
export const tenderShape = z.enum(['cash', 'card', 'qris', 'credit', 'exchange']);
export type Tender = z.infer<typeof tenderShape>;

/**
 * One payment. For cash, `tendered` is what the customer gave and `change` what came back: `tendered - change = amount`.
 * A card leaves its brand, last four digits and the terminal's approval code, never a number. `confirmed` is false for
 * a QRIS payment that nobody has matched yet.
 */
export const paymentShape = z.object({
  tender: tenderShape,
  amount: moneyShape.min(0),
  tendered: moneyShape.min(0).optional(),
  change: moneyShape.min(0).optional(),
  reference: z.string().max(120).optional(),
  card: z
    .object({ brand: z.string().max(20), last4: z.string().regex(/^\d{4}$/), approval: z.string().max(20) })
    .optional(),
  confirmed: z.boolean(),
});
export type Payment = z.infer<typeof paymentShape>;

/** A payment that was not yet confirmed is now. `payment` is its index in the sale. */
export const paymentConfirmedShape = entryShape(
  'payment-confirmed',
  z.object({ sale: entryIdShape, payment: z.int().min(0), reference: z.string().max(120) }),
);

/** The tender of a payment was entered wrongly: the money stays, its kind changes. */
export const tenderCorrectionShape = entryShape(
  'tender-correction',
  z.object({
    sale: entryIdShape,
    payment: z.int().min(0),
    from: tenderShape,
    to: tenderShape,
    amount: moneyShape.min(0),
    /** On whose account it is, where it was store credit or is now. */
    customer: customerIdShape.optional(),
    approval: entryIdShape.optional(),
  }),
);

/** A customer pays back store credit. */
export const creditPaymentShape = entryShape(
  'credit-payment',
  z.object({
    customer: customerIdShape,
    name: z.string().max(80),
    payment: paymentShape,
    shift: shiftIdShape.optional(),
    note: z.string().max(200).optional(),
  }),
);
