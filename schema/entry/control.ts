import { z } from 'zod';
import { cartIdShape, entryIdShape, hashShape, personIdShape, productIdShape } from '../ids.ts';
import { moneyShape } from '../money.ts';
import { quantityShape } from '../quantity.ts';
import { entryShape } from './header.ts';

/** A person with the right to say so allowed `action`; the entry it is about names this one. */
export const approvalShape = entryShape(
  'approval',
  z.object({
    action: z.string().min(1).max(60),
    approver: personIdShape,
    reason: z.string().max(200),
    /** How the approver proved to be there: by PIN, or by being the person signed in. */
    by: z.enum(['pin', 'self']).optional(),
    cart: cartIdShape.optional(),
    /** What it was about in words, e.g. the voided line or the receipt. */
    subject: z.string().max(200).optional(),
    /** The money it moves, where it does. */
    amount: moneyShape.optional(),
    /** The share that a discount takes, where it is one. */
    basisPoints: z.int().min(0).max(10_000).optional(),
  }),
);

/** This device takes over a share of a limited product that the server allotted to it. */
export const allotmentReceivedShape = entryShape(
  'allotment-received',
  z.object({ allotment: entryIdShape, productId: productIdShape, quantity: quantityShape.min(1) }),
);
/** The device gives back what it did not sell of an allotment. */
export const allotmentReturnedShape = entryShape(
  'allotment-returned',
  z.object({ allotment: entryIdShape, productId: productIdShape, quantity: quantityShape.min(1) }),
);

/** Where rebuilding starts after older entries were pruned: the state right after entry `seq`. */
export const snapshotShape = entryShape(
  'snapshot',
  z.object({
    upTo: z.object({ seq: z.int().min(0), hash: hashShape }),
    receiptNo: z.int().min(0),
    perpetualTotal: moneyShape,
    /** The number of the last Z report; missing in what version 2 wrote. */
    zNo: z.int().min(0).optional(),
  }),
);
