import { z } from 'zod';
import { epochShape } from '../epoch.ts';
import { deviceIdShape, productIdShape, scopeShape } from '../ids.ts';
import { PULLED_COLLECTIONS } from '../roles.ts';
import { counterShape } from '../stock/counter.ts';
import { checkpointShape, positionShape } from './checkpoint.ts';
import { errorCodeShape } from './error.ts';
import { lackingShape } from './lacking.ts';
import { headShape, journalPushAnswerShape, journalPushShape } from './push.ts';

/** `WS /sync/v1/live`. The first message authenticates: no token ever stands in a URL. */
export const liveClientMessageShape = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('auth'),
    protocol: z.int(),
    credential: z.string().max(200),
    /** Since version 2: what the device has pulled, so that a server that was rolled back notices before it says hello. */
    checkpoints: z.partialRecord(z.enum(PULLED_COLLECTIONS), checkpointShape).optional(),
  }),
  /** `waiting` is the number of own rows without an acknowledgement, for the office's device list. */
  z.object({ type: z.literal('ping'), waiting: z.int().min(0) }),
  /** Since version 5: what `POST /sync/v1/journal/push` takes, where it is small. `ask` is a number of the device's own that comes back. */
  z.object({ type: z.literal('push'), ask: z.int().min(1), push: journalPushShape }),
]);
export type LiveClientMessage = z.infer<typeof liveClientMessageShape>;

/** One device's new counter for one product. A document of another `(epoch, n)` travels whole instead. */
export const stockDeltaShape = z.object({
  productId: productIdShape,
  epoch: z.int().min(1),
  n: z.int().min(1),
  deviceId: deviceIdShape,
  counter: counterShape,
});
export type StockDelta = z.infer<typeof stockDeltaShape>;

/**
 * One stored change: a whole document, or for stock one device's counter. `seq` is its commit sequence, so that a
 * change already pulled is not applied again.
 */
export const liveChangeShape = z.union([
  z.object({
    collection: z.enum(PULLED_COLLECTIONS),
    seq: z.int().min(1),
    document: z.record(z.string(), z.unknown()),
  }),
  z.object({ collection: z.literal('stock'), seq: z.int().min(1), delta: stockDeltaShape }),
]);
export type LiveChange = z.infer<typeof liveChangeShape>;

export const liveServerMessageShape = z.discriminatedUnion('type', [
  /**
   * Begins the socket: the position of every scope the device may read. The device answers by pulling once. It comes again, with a
   * `resync` behind it, when a new epoch begins while the socket is open.
   */
  z.object({
    type: z.literal('hello'),
    epoch: epochShape,
    serverTime: z.int(),
    head: headShape,
    /** Since version 3: what is missing below that head. */
    lacking: lackingShape.optional(),
    positions: z.record(scopeShape, z.int().min(0)),
    live: z.array(deviceIdShape),
  }),
  /** Applied only when `from` is the socket's last position in that scope; otherwise the device pulls. */
  z.object({
    type: z.literal('changes'),
    scope: scopeShape,
    from: z.int().min(0),
    to: positionShape,
    changes: z.array(liveChangeShape),
  }),
  /** The device fell behind, or the server dropped its queue: pull. */
  z.object({ type: z.literal('resync') }),
  /** Which devices of the branch have a socket now. */
  z.object({ type: z.literal('presence'), live: z.array(deviceIdShape) }),
  z.object({ type: z.literal('pong'), serverTime: z.int() }),
  /** Since version 5: what became of the push with that number. */
  z.object({ type: z.literal('pushed'), ask: z.int(), answer: journalPushAnswerShape }),
  /** Since version 5: nothing of that push counts as sent. */
  z.object({
    type: z.literal('push-refused'),
    ask: z.int(),
    code: errorCodeShape,
    retryAfterMs: z.int().min(0).optional(),
  }),
  z.object({ type: z.literal('error'), code: z.string().max(40) }),
]);
export type LiveServerMessage = z.infer<typeof liveServerMessageShape>;
