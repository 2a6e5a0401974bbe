import { z } from 'zod';
import { type EntryId, entryId, type Hash, SEQ_MAX } from '../ids.ts';
import { REASON_MAX } from '../limits.ts';
import { fail, ok, type Result } from '../result.ts';
import { sureCheck } from '../sure-check.ts';
import { allotmentReceivedShape, allotmentReturnedShape, approvalShape, snapshotShape } from './control.ts';
import { adjustShape, countShape, receiveShape, transferInShape, transferOutShape, wasteShape } from './movement.ts';
import { creditPaymentShape, paymentConfirmedShape, tenderCorrectionShape } from './payment.ts';
import { refundShape, saleShape } from './sale.ts';
import {
  allotmentShape,
  allotmentWrittenOffShape,
  gapClosedShape,
  releaseShape,
  retiredShape,
  transferArrivedShape,
  transferSentShape,
  transferSettledShape,
} from './server-entry.ts';
import { cashInShape, cashOutShape, shiftCloseShape, shiftOpenShape } from './shift.ts';

/** Entries that devices write. */
export const deviceEntryShape = z.discriminatedUnion('kind', [
  saleShape,
  refundShape,
  receiveShape,
  adjustShape,
  wasteShape,
  transferOutShape,
  transferInShape,
  countShape,
  shiftOpenShape,
  shiftCloseShape,
  cashInShape,
  cashOutShape,
  paymentConfirmedShape,
  tenderCorrectionShape,
  creditPaymentShape,
  approvalShape,
  allotmentReceivedShape,
  allotmentReturnedShape,
  snapshotShape,
]);
/** Entries of the server's own journal. */
export const serverEntryShape = z.discriminatedUnion('kind', [
  releaseShape,
  gapClosedShape,
  retiredShape,
  allotmentShape,
  allotmentWrittenOffShape,
  transferSentShape,
  transferArrivedShape,
  transferSettledShape,
]);

export type DeviceEntry = z.infer<typeof deviceEntryShape>;
export type ServerEntry = z.infer<typeof serverEntryShape>;
export type Entry = DeviceEntry | ServerEntry;
export type EntryKind = Entry['kind'];
export type DeviceEntryKind = DeviceEntry['kind'];
/** The body of one kind, e.g. `BodyOf<'sale'>`. */
export type BodyOf<Kind extends EntryKind> = Extract<Entry, { kind: Kind }>['body'];

/** Where a device's chain stands: its last entry's seq and hash. Seq 0 with the genesis hash before the first. */
export interface Head {
  readonly seq: number;
  readonly hash: Hash;
}

/** The little that must be readable of any row for it to take its place in the chain. */
export const entryPlaceShape = z.object({
  id: saleShape.shape.id,
  prev: saleShape.shape.prev,
  hash: saleShape.shape.hash,
});
export type EntryPlace = z.infer<typeof entryPlaceShape>;

export interface Unreadable {
  readonly id?: EntryId;
  readonly reason: string;
}

/**
 * Reads a device's entry. Gives back the very value that came in, fields this version does not know included,
 * because the hash covers them. An unreadable row is a value: the reason names the first field that is wrong. A row whose id
 * is not made of its device and seq is unreadable: it would stand at two places.
 */
export function readDeviceEntry(raw: unknown): Result<DeviceEntry, Unreadable> {
  if (!isDeviceEntry(raw)) return fail({ reason: reasonOf(deviceEntryShape.safeParse(raw).error) });
  const { id, deviceId, seq } = raw;
  if (seq > SEQ_MAX || id !== entryId(deviceId, seq))
    return fail({ id, reason: 'id: not the id of its device and seq' });
  return ok(raw);
}

const looksRight = sureCheck(deviceEntryShape);

function isDeviceEntry(raw: unknown): raw is DeviceEntry {
  return looksRight(raw);
}

function reasonOf(error: z.ZodError | undefined): string {
  const issue = error?.issues[0];
  const text = `${issue?.path.join('.') || 'entry'}: ${issue?.message ?? 'not readable'}`;
  return text.slice(0, REASON_MAX).toWellFormed();
}
