import { z } from 'zod';
import { companyDocShape } from '../company.ts';
import { draftDocShape } from '../draft.ts';
import { epochShape } from '../epoch.ts';
import { branchIdShape, deviceIdShape, entryIdShape, hashShape } from '../ids.ts';
import { productShape } from '../product.ts';
import { signatureShape } from '../signature.ts';
import { stockShape } from '../stock/counter.ts';
import { checkpointShape } from './checkpoint.ts';

/**
 * An accepted or quarantined entry as other devices see it. `entry` is what the device wrote; it is missing when the
 * server could not read it (`verdict` quarantined).
 */
export const branchEntryShape = z.object({
  id: entryIdShape,
  deviceId: deviceIdShape,
  seq: z.int().min(1),
  branch: branchIdShape,
  kind: z.string().max(40),
  at: z.int(),
  hash: hashShape,
  /** Server time of arrival, milliseconds since 1970. */
  receivedAt: z.int(),
  verdict: z.enum(['accepted', 'quarantined']),
  /** What looked wrong, e.g. `unknown-product`; the entry counts all the same. */
  flags: z.array(z.string().max(40)),
  /** Since version 2: the author's, so that any holder can hand the entry in to a server that lost it. */
  signature: signatureShape.optional(),
  entry: z.record(z.string(), z.unknown()).optional(),
});
export type BranchEntry = z.infer<typeof branchEntryShape>;

/** What each pulled collection carries. */
export const pulledDocumentShapes = {
  company: companyDocShape,
  products: productShape,
  stock: stockShape,
  drafts: draftDocShape,
  branchJournal: branchEntryShape,
} as const;

/**
 * `GET /sync/v1/:collection/pull?checkpoint=&limit=`. `checkpoint` is the JSON of one, or missing at the beginning. Since version 2 a pull of
 * the branch journal says `window=`, the days of the other devices' entries that the device keeps.
 */
export const pullAnswerShape = z.object({
  epoch: epochShape,
  documents: z.array(z.record(z.string(), z.unknown())),
  /** Always complete; at the end of the history it stands at the newest position. */
  checkpoint: checkpointShape,
  /** Never an empty page with more behind it. */
  more: z.boolean(),
});
/** The same with its documents unread: whoever takes them in reads each by its own shape, and reading them twice would cost as much again. */
export const pullPageShape = pullAnswerShape.extend({
  documents: z.array(z.custom<Readonly<Record<string, unknown>>>(isObject)),
});

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export type PullAnswer = z.infer<typeof pullAnswerShape>;
