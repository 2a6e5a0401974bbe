import { z } from 'zod';
import { branchIdShape, deviceIdShape, entryIdShape, hashShape, productIdShape, transferIdShape } from '../ids.ts';
import { MOVE_LINES_MAX } from '../limits.ts';
import { quantityShape } from '../quantity.ts';
import { entryShape } from './header.ts';

/**
 * Kinds that only the server writes, into its own journal per (branch, epoch). Each names its target; a second one
 * for the same target folds as nothing.
 */
const reason = z.string().max(200);

/** A quarantined entry can be read after all: `readable` is what it meant. It folds here, not in its old place. */
export const releaseShape = entryShape(
  'release',
  z.object({ target: entryIdShape, readable: z.record(z.string(), z.unknown()), reason }),
);
/** Entries `from` to `to` of a device will never come. */
export const gapClosedShape = entryShape(
  'gap-closed',
  z.object({ deviceId: deviceIdShape, from: z.int().min(1), to: z.int().min(1), reason }),
);
/** A device is retired: its counters are folded into each product's base. */
export const retiredShape = entryShape('retired', z.object({ deviceId: deviceIdShape, reason }));
/** A share of a limited product is set aside for one device. */
export const allotmentShape = entryShape(
  'allotment',
  z.object({ deviceId: deviceIdShape, productId: productIdShape, quantity: quantityShape.min(1) }),
);
/**
 * A share does not count any more, because a manager said so or nobody had given it. `target` is the allotment that nobody took over, or
 * the last entry of the device up to which `quantity` is what is left of its share of the product: below 0 where it sold more.
 */
export const allotmentWrittenOffShape = entryShape(
  'allotment-written-off',
  z.object({
    target: entryIdShape,
    reason,
    deviceId: deviceIdShape.optional(),
    productId: productIdShape.optional(),
    quantity: quantityShape.optional(),
  }),
);
/** What every entry that tells a branch of a transfer names: the entry of the other branch that it copies, and the transfer. */
const told = { target: entryIdShape, hash: hashShape, transferId: transferIdShape };
const linesOf = <Line extends z.ZodType>(line: Line) => z.array(line).min(1).max(MOVE_LINES_MAX);
const moved = z.object({ productId: productIdShape, quantity: quantityShape.min(1) });

/**
 * Another branch sent goods here: what its `transfer-out` says, copied into the receiving branch. It moves no stock; what arrives is
 * entered here by hand. `hash` is that entry's: two copies of a device may have written different ones under one id. Since version 4.
 */
export const transferSentShape = entryShape(
  'transfer-sent',
  z.object({ ...told, fromBranch: branchIdShape, lines: linesOf(moved) }),
);
/** What the other branch entered as arrived of goods that were sent from here. Since version 4. */
export const transferArrivedShape = entryShape(
  'transfer-arrived',
  z.object({ ...told, toBranch: branchIdShape, lines: linesOf(moved) }),
);
/** The other branch settled a difference of a transfer: `delta` is not on its way any more. Since version 4. */
export const transferSettledShape = entryShape(
  'transfer-settled',
  z.object({
    ...told,
    byBranch: branchIdShape,
    lines: linesOf(z.object({ productId: productIdShape, delta: quantityShape })),
  }),
);
