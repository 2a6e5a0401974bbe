import { z } from 'zod';
import { draftVerdictShape } from '../draft.ts';
import { fieldConflictShape } from '../edit.ts';
import { epochShape } from '../epoch.ts';
import { deviceIdShape, editIdShape, entryIdShape, hashShape } from '../ids.ts';
import { CERTIFICATE_LENGTH_MAX, CERTIFICATES_MAX, PUSH_ROWS_MAX, REASON_MAX } from '../limits.ts';
import { revisionShape } from '../revision.ts';

/** Rows are looked at one by one: what is wrong with one never holds back another. */
const rows = z.array(z.unknown()).min(1).max(PUSH_ROWS_MAX);

export const headShape = z.object({ seq: z.int().min(0), hash: hashShape });

/**
 * `POST /sync/v1/journal/push`. Since version 2 rows of other devices may be among the entries, each run of rows with a signature at its
 * head, and the certificates of devices that the server may have lost.
 */
export const journalPushShape = z.object({
  entries: rows,
  /** One per signed row ({@link entrySignatureShape}), read one by one like the rows. */
  signatures: z.array(z.unknown()).max(PUSH_ROWS_MAX).optional(),
  /** Certificates of the devices whose rows these are, as given at their enrolment. */
  certificates: z.array(z.string().max(CERTIFICATE_LENGTH_MAX)).max(CERTIFICATES_MAX).optional(),
  /** The first own entry that the device still holds: what the server lacks below it will never come from here. */
  oldestHeld: z.int().min(1).optional(),
  /** Own entries up to this seq were acknowledged in an earlier epoch: new ones among them came back. */
  resent: z.int().min(0).optional(),
});

export type JournalPush = z.infer<typeof journalPushShape>;

/**
 * A row too large to travel goes as this in its place: signed like the entry, so that the chain goes on. The body is
 * released later.
 */
export const entryStubShape = z.object({
  id: entryIdShape,
  prev: hashShape,
  hash: hashShape,
  stub: z.literal(true),
  /** Size of the entry as JSON. */
  bytes: z.int().min(1),
});
export type EntryStub = z.infer<typeof entryStubShape>;

/** What the server says of one pushed entry. `hash` is the one the row claims. */
export const entryVerdictShape = z.object({
  id: z.string().max(40),
  hash: z.string().max(64),
  verdict: z.enum(['accepted', 'duplicate', 'quarantined', 'forked', 'refused']),
  reason: z.string().max(REASON_MAX).optional(),
});
export type EntryVerdict = z.infer<typeof entryVerdictShape>;

/** `head` is the last entry of the pushing device that the server holds without a gap. */
export const journalPushAnswerShape = z.object({
  epoch: epochShape,
  head: headShape,
  verdicts: z.array(entryVerdictShape),
  /** Since version 2: the same for every other device of which rows were pushed. */
  heads: z.record(deviceIdShape, headShape).optional(),
});
export type JournalPushAnswer = z.infer<typeof journalPushAnswerShape>;

/**
 * `POST /sync/v1/edits/push?checkpoint=`. The checkpoint is the JSON of what the device has pulled of the products, since version 2: in
 * another history than that one nothing is judged, and the answer has no verdicts. Edits made on top of what this history lost
 * would only stand against each other.
 */
export const editsPushShape = z.object({ edits: rows });

/** What the server says of one edit. `fields` were written; `conflicts` wait for a person. */
export const editVerdictShape = z.object({
  editId: z.union([editIdShape, z.literal('')]),
  verdict: z.enum(['accepted', 'merged', 'conflict', 'refused']),
  reason: z.string().max(REASON_MAX).optional(),
  fields: z.array(z.string()).optional(),
  /** The document's revision that holds those fields: until a pull brings it or a later one, screens keep laying them over. */
  rev: revisionShape.optional(),
  conflicts: z.array(fieldConflictShape).optional(),
});
export type EditVerdict = z.infer<typeof editVerdictShape>;

export const editsPushAnswerShape = z.object({ epoch: epochShape, verdicts: z.array(editVerdictShape) });
export type EditsPushAnswer = z.infer<typeof editsPushAnswerShape>;

/** `POST /sync/v1/drafts/push`, since version 3. */
export const draftsPushShape = z.object({ changes: rows });
export const draftsPushAnswerShape = z.object({ epoch: epochShape, verdicts: z.array(draftVerdictShape) });
export type DraftsPushAnswer = z.infer<typeof draftsPushAnswerShape>;
