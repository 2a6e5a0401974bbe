import { z } from 'zod';
import { entryIdShape, shiftIdShape } from '../ids.ts';
import { Z_UNCONFIRMED_MAX } from '../limits.ts';
import { moneyShape } from '../money.ts';
import { taxTotalShape } from '../tax.ts';
import { entryShape } from './header.ts';
import { tenderShape } from './payment.ts';

/** A shift begins with a float in the drawer. */
export const shiftOpenShape = entryShape('shift-open', z.object({ shift: shiftIdShape, float: moneyShape.min(0) }));

/** The Z report: what the shift sold and took, what should be in the drawer and what was counted there. Immutable. */
export const shiftCloseShape = entryShape(
  'shift-close',
  z.object({
    shift: shiftIdShape,
    zNo: z.int().min(1),
    sales: z.int().min(0),
    refunds: z.int().min(0),
    taxes: z.array(taxTotalShape),
    tenders: z.array(z.object({ tender: tenderShape, amount: moneyShape })),
    categories: z.array(z.object({ category: z.string().max(60), total: moneyShape })),
    expectedCash: moneyShape,
    countedCash: moneyShape,
    /** What made the drawer, beside cash sales: the float, and money put in and taken out. */
    float: moneyShape.optional(),
    cashIn: moneyShape.optional(),
    cashOut: moneyShape.optional(),
    /** Discounts given in the shift, and what promotions took off. */
    discounts: moneyShape.optional(),
    promotions: moneyShape.optional(),
    /** What cash rounding added or took. */
    rounding: moneyShape.optional(),
    /** Lines that were taken out of a cart with somebody's leave. */
    voids: z.object({ count: z.int().min(0), amount: moneyShape }).optional(),
    /** Sold while no shift was open, since the Z report before: in none of the figures above. */
    outside: z.object({ sales: z.int().min(0), refunds: z.int().min(0), total: moneyShape }).optional(),
    /** Store credit that customers paid back in cash. */
    creditPaid: moneyShape.optional(),
    /** Store credit that customers paid back, by every tender; in none of the tenders above. */
    paidBack: z.array(z.object({ tender: tenderShape, amount: moneyShape })).optional(),
    /** Pieces counted of each note and coin. */
    pieces: z
      .array(z.object({ value: moneyShape.min(1), count: z.int().min(0) }))
      .max(40)
      .optional(),
    /** Payments of the shift that nobody has confirmed yet. */
    unconfirmed: z
      .array(z.object({ sale: entryIdShape, payment: z.int().min(0), amount: moneyShape }))
      .max(Z_UNCONFIRMED_MAX)
      .optional(),
    /** The first and the last own entry that the figures cover. */
    covers: z.object({ from: z.int().min(1), to: z.int().min(1) }).optional(),
    note: z.string().max(200).optional(),
    approval: entryIdShape.optional(),
    /** Sum of all sales less all refunds of this device since its first entry. */
    perpetualTotal: moneyShape,
  }),
);

const drawer = z.object({
  shift: shiftIdShape.optional(),
  amount: moneyShape.min(0),
  reason: z.string().min(1).max(200),
  approval: entryIdShape.optional(),
});
/** Money put into the drawer, or taken from it, that is neither sale nor refund. */
export const cashInShape = entryShape('cash-in', drawer);
export const cashOutShape = entryShape('cash-out', drawer);
