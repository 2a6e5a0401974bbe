import { z } from 'zod';
import { branchIdShape, deviceIdShape, entryIdShape, productIdShape, transferIdShape } from '../ids.ts';
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
/**
 * Another branch sent goods here: what its `transfer-out` says, copied into the receiving branch. It moves no stock; what arrives is
 * entered here by hand. `target` is that entry. Since version 4.
 */
export const transferSentShape = entryShape(
  'transfer-sent',
  z.object({
    target: entryIdShape,
    transferId: transferIdShape,
    fromBranch: branchIdShape,
    lines: z
      .array(z.object({ productId: productIdShape, quantity: quantityShape.min(1) }))
      .min(1)
      .max(MOVE_LINES_MAX),
  }),
);
