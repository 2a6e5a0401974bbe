import { z } from 'zod';
import { deviceIdShape, entryIdShape, productIdShape } from '../ids.ts';
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
/** A manager wrote off an allotment whose device is lost. */
export const allotmentWrittenOffShape = entryShape('allotment-written-off', z.object({ target: entryIdShape, reason }));
