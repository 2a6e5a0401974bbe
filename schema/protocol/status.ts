import { z } from 'zod';
import { epochShape } from '../epoch.ts';
import { deviceIdShape, scopeShape } from '../ids.ts';
import { PULLED_COLLECTIONS } from '../roles.ts';
import { checkpointShape } from './checkpoint.ts';
import { lackingShape } from './lacking.ts';
import { headShape } from './push.ts';

const collectionName = z.enum(PULLED_COLLECTIONS);

/** `POST /sync/v1/status`: how far is this device behind? Collections without a checkpoint count from the beginning. */
export const statusRequestShape = z.object({
  checkpoints: z.partialRecord(collectionName, checkpointShape),
  /** Since version 2: the days of the other devices' entries that it keeps, as in the pull of the branch journal. */
  windowDays: z.int().optional(),
  /** Since version 3: nothing else is of interest; totals, the heads of others and what is missing below them are not told. */
  onlyLag: z.boolean().optional(),
});
export type StatusRequest = z.infer<typeof statusRequestShape>;

export const statusAnswerShape = z.object({
  epoch: epochShape,
  /** The server's clock, milliseconds since 1970. */
  serverTime: z.int(),
  head: headShape,
  /** The newest commit sequence per scope the device may read. */
  scopes: z.record(scopeShape, z.int().min(0)),
  /** Since version 2: the head of every device of the branch, so that what the server lacks can be handed in. */
  heads: z.record(deviceIdShape, headShape).optional(),
  /** Since version 3: what is missing below those heads, of devices of which anything is. */
  lacking: z.record(deviceIdShape, lackingShape).optional(),
  /** Since version 2: own entries up to this seq are in the newest backup; nothing above it may be purged. */
  backedUp: z.int().min(0).optional(),
  /** Those that the device's version knows. */
  collections: z.partialRecord(
    collectionName,
    z.object({
      /** Documents the device would hold after a full sync; 0 where only the lag was asked for. */
      total: z.int().min(0),
      /** Documents behind its checkpoint. */
      lag: z.int().min(0),
    }),
  ),
});
export type StatusAnswer = z.infer<typeof statusAnswerShape>;
