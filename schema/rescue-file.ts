import { z } from 'zod';
import { hashHolds } from './chain.ts';
import { draftChangeShape } from './draft.ts';
import { type EntryPlace, entryPlaceShape } from './entry/entry.ts';
import { splitEntryId } from './ids.ts';
import { BODY_BYTES_MAX, CERTIFICATE_LENGTH_MAX, PUSH_ROWS_MAX } from './limits.ts';
import { utf8Length } from './payload-gate.ts';
import { type DeviceIdentity, deviceIdentityShape } from './protocol/enrol.ts';
import type { JournalPush } from './protocol/push.ts';
import { RESCUE_FORMAT, RESCUE_VERSION, type Rescue } from './rescue-text.ts';
import { fail, ok, type Result } from './result.ts';

/** Room in a body for what stands around the rows. */
const BODY_BYTES_SPARE = 8 * 1024;
/** A signature beside its row, in bytes. */
const SIGNATURE_BYTES = 256;

/** A file is read into memory whole; a year of a busy till is a tenth of this. In characters. */
export const RESCUE_CHARACTERS_MAX = 256 * 1024 * 1024;

/** As {@link Rescue} says. */
const rescueShape = z.object({
  format: z.literal(RESCUE_FORMAT),
  version: z.literal(RESCUE_VERSION),
  device: deviceIdentityShape,
  certificate: z.string().max(CERTIFICATE_LENGTH_MAX),
  madeAt: z.int(),
  entries: z.array(z.unknown()),
  damaged: z.array(z.unknown()),
  drafts: z.array(draftChangeShape).optional(),
}) satisfies z.ZodType<Rescue>;

/**
 * Why a file is of no use, before anything is sent. `not-a-rescue`: something else. `damaged`: cut off or altered as a whole.
 * `newer`: a later version of the app wrote it. `too-large`: longer than any device's journal.
 */
export type RescueFileFault = 'not-a-rescue' | 'damaged' | 'newer' | 'too-large';

/** Reads a file's frame; its entries are looked at one by one ({@link provableRows}). Never throws. */
export function readRescueFile(text: string): Result<Rescue, RescueFileFault> {
  if (text.length > RESCUE_CHARACTERS_MAX) return fail('too-large');
  const json = parseJson(text);
  const parsed = rescueShape.safeParse(json);
  if (parsed.success) return ok(parsed.data);
  const { format, version } = (json ?? {}) as { format?: unknown; version?: unknown };
  if (format === RESCUE_FORMAT && typeof version === 'number' && version > RESCUE_VERSION) return fail('newer');
  return fail(text.slice(0, 100).includes(RESCUE_FORMAT) ? 'damaged' : 'not-a-rescue');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An entry of a file whose content is what its hash says; whether its signature holds the server says. */
export type RescueRow = EntryPlace & { readonly signature?: unknown };

/** Those of the file's device that nobody altered since; an altered one would take the place of the true one at the server. */
export function provableRows({ device, entries }: Rescue): RescueRow[] {
  const rows = entries.filter((row): row is RescueRow => isProvable(row, device));
  return [...new Map(rows.map((row) => [`${row.id} ${row.hash}`, row])).values()];
}

function isProvable(row: unknown, { deviceId }: DeviceIdentity): boolean {
  const place = entryPlaceShape.safeParse(row);
  if (!place.success || splitEntryId(place.data.id).deviceId !== deviceId) return false;
  return hashHolds(row as RescueRow);
}

/** Rows in order, as many as one request carries. */
export function rescueBatches(rows: readonly RescueRow[]): RescueRow[][] {
  const batches: RescueRow[][] = [];
  let [batch, bytes]: [RescueRow[], number] = [[], BODY_BYTES_SPARE];
  for (const row of rows) {
    const size = utf8Length(JSON.stringify(row)) + SIGNATURE_BYTES;
    if (batch.length > 0 && (batch.length === PUSH_ROWS_MAX || bytes + size > BODY_BYTES_MAX)) {
      batches.push(batch);
      [batch, bytes] = [[], BODY_BYTES_SPARE];
    }
    batch.push(row);
    bytes += size;
  }
  return batch.length > 0 ? [...batches, batch] : batches;
}

/** As a courier pushes: signatures beside the rows, and the certificate that proves their key. */
export function rescueBody(rows: readonly RescueRow[], certificate: string): JournalPush {
  const signatures = rows.flatMap(({ id, hash, signature }) =>
    typeof signature === 'string' ? [{ id, hash, signature }] : [],
  );
  const entries = rows.map(({ signature: _signature, ...entry }) => entry);
  return { entries, signatures, certificates: [certificate] };
}
