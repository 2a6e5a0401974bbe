import { z } from 'zod';
import { branchIdShape, cartIdShape, deviceIdShape, entryIdShape, productIdShape, transferIdShape } from '../ids.ts';
import { MOVE_LINES_MAX } from '../limits.ts';
import { moneyShape } from '../money.ts';
import { quantityShape } from '../quantity.ts';
import { entryShape } from './header.ts';

/** Stock that moves without a sale. */
const moved = z.object({ productId: productIdShape, quantity: quantityShape.min(1) });
const linesOf = <Line extends z.ZodObject>(line: Line) => z.array(line).min(1).max(MOVE_LINES_MAX);
const reason = z.string().min(1).max(200);
/** The entry in which somebody allowed it, where the person's role needs that. */
const approval = entryIdShape.optional();
/** The transfer whose difference it settles, and the other branch of it; since version 4. */
const transfer = z.object({ transferId: transferIdShape, branch: branchIdShape }).optional();

/** The reference of goods that are there when the shop opens. */
export const OPENING_REFERENCE = 'Opening stock';

/** Goods arrive from a supplier, or are there when the shop opens. */
export const receiveShape = entryShape(
  'receive',
  z.object({
    reference: z.string().max(120),
    /** From whom, and on which order; since version 4. */
    supplier: z.string().max(80).optional(),
    order: cartIdShape.optional(),
    lines: linesOf(moved.extend({ unitCost: moneyShape.min(0).optional() })),
  }),
);
/** The book was wrong: `delta` is added to the stock, and may be negative but not 0. */
export const adjustShape = entryShape(
  'adjust',
  z.object({
    reason,
    approval,
    /** The stocktake whose counts asked for it. */
    sheet: z.string().max(40).optional(),
    transfer,
    /** The movement that it takes back by its opposite; since version 4. */
    undoes: entryIdShape.optional(),
    lines: linesOf(
      z.object({ productId: productIdShape, delta: quantityShape.refine((delta) => delta !== 0, 'delta is 0') }),
    ),
  }),
);
/** Thrown away or lost. With a `transfer` it was lost on its way: it is in no branch's stock any more, and moves none. */
export const wasteShape = entryShape('waste', z.object({ reason, approval, transfer, lines: linesOf(moved) }));
export const transferOutShape = entryShape(
  'transfer-out',
  z.object({ transferId: transferIdShape, toBranch: branchIdShape, approval, lines: linesOf(moved) }),
);
/** What arrived; `sent` is what the other branch says it sent. */
export const transferInShape = entryShape(
  'transfer-in',
  z.object({
    transferId: transferIdShape,
    fromBranch: branchIdShape,
    lines: linesOf(moved.extend({ sent: quantityShape.min(0).optional() })),
  }),
);
/**
 * Somebody counted. It moves no stock itself: closing the stocktake adjusts, against the stock at the moment of
 * the count, which `seen` fixes (per device, the last seq whose sales were in view).
 */
export const countShape = entryShape(
  'count',
  z.object({
    sheet: z.string().max(40).optional(),
    /** Where, of several places that hold the same product; what is counted at each adds up. */
    place: z.string().max(60).optional(),
    lines: linesOf(
      z.object({
        productId: productIdShape,
        counted: quantityShape.min(0),
        /** On hand as the counting device saw it at that moment. */
        expected: quantityShape.optional(),
      }),
    ),
    seen: z.record(deviceIdShape, z.int().min(0)),
  }),
);
