import { z } from 'zod';
import { epochShape } from '../epoch.ts';
import { scopeShape } from '../ids.ts';

/**
 * A place in one scope's history: the commit sequence, the random tag of the commit that made it, and a MAC by the
 * server over (epoch, scope, seq, tag). Only the server makes positions; devices keep and return them.
 * Seq 0 with an empty tag is the beginning.
 */
export const positionShape = z.object({
  seq: z.int().min(0),
  tag: z.string().max(32),
  mac: z.string().max(64),
});
export type Position = z.infer<typeof positionShape>;

/** A position as a checkpoint keeps it: with the grant under which the scope is read. */
export const scopePositionShape = positionShape.extend({ grant: z.string().max(40) });

/** How far a device has pulled one collection: complete, one position per scope it may read. One key for RxDB. */
export const checkpointShape = z.object({ epoch: epochShape, scopes: z.record(scopeShape, scopePositionShape) });
export type Checkpoint = z.infer<typeof checkpointShape>;
