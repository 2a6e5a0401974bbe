import { z } from 'zod';
import { cartIdShape, deviceIdShape, editIdShape, entryIdShape, hashShape, scopeShape } from './ids.ts';
import { DRAFT_BYTES_MAX, DRAFT_CHANGES_MAX, DRAFT_HEADS_MAX, DRAFT_PAID_AGAIN_MAX, REASON_MAX } from './limits.ts';
import { revisionShape } from './revision.ts';
import type { DeviceRole } from './roles.ts';

/**
 * What several people change before it becomes facts. A cart's draft has the cart's id, so that the sale that names the cart closes
 * it. A stocktake's sheet says what is counted where and by whom; the counts themselves are entries. An order says what is wanted of a
 * supplier; what arrives of it are entries too.
 */
export const draftKindShape = z.enum(['cart', 'sheet', 'order']);
export type DraftKind = z.infer<typeof draftKindShape>;

export const draftIdShape = cartIdShape;
export type DraftId = z.infer<typeof draftIdShape>;

/** How the id of every order begins, and no other draft's: so that devices that know no orders are not served them. Since version 4. */
export const ORDER_ID_PREFIX = 'order-';

/** True when a draft of this kind may have this id. */
export function isIdOfKind(id: string, kind: DraftKind): boolean {
  return id.startsWith(ORDER_ID_PREFIX) === (kind === 'order');
}

/** Which devices may change drafts of a kind. */
const DRAFT_RIGHTS: Readonly<Record<DraftKind, readonly DeviceRole[]>> = {
  cart: ['till', 'manager'],
  sheet: ['till', 'manager'],
  order: ['manager'],
};

/** True when a device of this role may change drafts of this kind. */
export function mayChangeDraft(role: DeviceRole, kind: DraftKind): boolean {
  return DRAFT_RIGHTS[kind].includes(role);
}

/** Hashes of the changes that no other change follows: what a draft is at (Automerge's heads). In order of text, so that equal means equal. */
export const headsShape = z.array(hashShape).max(DRAFT_HEADS_MAX);

/** Characters of so many bytes in base64. */
const base64Length = (bytes: number) => Math.ceil(bytes / 3) * 4;
const bytesShape = z.base64().min(4).max(base64Length(DRAFT_BYTES_MAX));

/** One change, or a whole document, as Automerge writes it. The server never reads it. */
export const draftChunkShape = z.object({
  /** The device that pushed it; a change in it must be its own. */
  by: deviceIdShape,
  bytes: bytesShape,
});
export type DraftChunk = z.infer<typeof draftChunkShape>;

/** How a draft ended. What ends a cart for good is the sale. */
export const draftEndingShape = z.object({
  how: z.enum(['paid', 'discarded']),
  /** Server time. */
  at: z.int(),
  /** The sale. Missing for a sale that was there before the draft, and for what was discarded. */
  entry: entryIdShape.optional(),
  /** Further sales of the same cart: two devices took the money while apart. */
  again: z.array(entryIdShape).max(DRAFT_PAID_AGAIN_MAX).optional(),
});
export type DraftEnding = z.infer<typeof draftEndingShape>;

/** A draft as the server keeps and serves it: what was pushed, chunk by chunk. */
export const draftDocShape = z.object({
  id: draftIdShape,
  scope: scopeShape,
  rev: revisionShape,
  kind: draftKindShape,
  /** As the devices that pushed say. */
  heads: headsShape,
  changes: z.array(draftChunkShape).max(DRAFT_CHANGES_MAX),
  /** Server time of the last change. */
  at: z.int(),
  ending: draftEndingShape.optional(),
});
export type DraftDoc = z.infer<typeof draftDocShape>;

/** One device's change of one draft, on its way to the server. */
export const draftChangeShape = z.object({
  changeId: editIdShape,
  draftId: draftIdShape,
  kind: draftKindShape,
  baseHeads: headsShape,
  heads: headsShape.min(1),
  bytes: bytesShape,
  /** A whole document in place of all changes so far: taken only while the server stands at exactly `baseHeads`. */
  whole: z.boolean().optional(),
  /** All of a draft, from a device that holds more of it than the server: stored also where the server stands at `heads` already. */
  handsBack: z.boolean().optional(),
  /** With this change the draft is thrown away; a later one brings it back. */
  discards: z.boolean().optional(),
});
export type DraftChange = z.infer<typeof draftChangeShape>;

/** What the server says of one pushed change. */
export const draftVerdictShape = z.object({
  changeId: z.union([editIdShape, z.literal('')]),
  verdict: z.enum(['accepted', 'duplicate', 'refused']),
  reason: z.string().max(REASON_MAX).optional(),
  /** The draft's revision that holds it. */
  rev: revisionShape.optional(),
});
export type DraftVerdict = z.infer<typeof draftVerdictShape>;

/** True when both stand at the same changes, in whatever order they are named. */
export function sameHeads(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && [...left].sort().join() === [...right].sort().join();
}

/** Where a draft stands after a change made at `baseHeads`; sorted. */
export function nextHeads(
  current: DraftDoc['heads'],
  { baseHeads, heads }: Pick<DraftChange, 'baseHeads' | 'heads'>,
): DraftDoc['heads'] {
  const passed = new Set<string>(baseHeads);
  return [...new Set([...current.filter((head) => !passed.has(head)), ...heads])].sort();
}
