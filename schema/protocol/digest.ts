import { z } from 'zod';
import { DIGEST_BUCKETS } from '../digest.ts';
import { epochShape } from '../epoch.ts';
import { DIGEST_CHANGED_MAX, DIGEST_ROWS_MAX } from '../limits.ts';
import { checkpointShape } from './checkpoint.ts';

/**
 * Collections that an idle device compares with the server. The branch journal is compared by heads. Of drafts those count that have not
 * ended, since version 3: what ended is served without its changes, and then no more.
 */
export const DIGESTED_COLLECTIONS = ['company', 'products', 'stock', 'drafts'] as const;
export type DigestedCollection = (typeof DIGESTED_COLLECTIONS)[number];

const id = z.string().max(80);

/**
 * `POST /sync/v1/:collection/digest`, since version 2. First without a bucket: is what the device pulled up to its checkpoint what
 * the server has? Then with the number of each bucket that differs.
 */
export const digestRequestShape = z.object({
  checkpoint: checkpointShape,
  bucket: z
    .int()
    .min(0)
    .max(DIGEST_BUCKETS - 1)
    .optional(),
});
export type DigestRequest = z.infer<typeof digestRequestShape>;

export const digestAnswerShape = z.object({
  epoch: epochShape,
  /** Too much changed behind the checkpoint, or it is of no use here: pull first, and compare then. Everything below is empty. */
  tooFresh: z.boolean(),
  /** Documents that changed behind the checkpoint: they count on neither side. */
  changed: z.array(id).max(DIGEST_CHANGED_MAX),
  /** All buckets, or none when one was asked for. */
  buckets: z.array(z.object({ count: z.int().min(0), xor: z.string().regex(/^[0-9a-f]{16}$/) })).max(DIGEST_BUCKETS),
  /** Id and mark of every document of the bucket that was asked for. */
  rows: z.array(z.tuple([id, z.string().max(40)])).max(DIGEST_ROWS_MAX),
});
export type DigestAnswer = z.infer<typeof digestAnswerShape>;
