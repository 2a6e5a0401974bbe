import { z } from 'zod';
import { hashHolds } from '../../schema/chain.ts';
import { type DraftChange, draftChangeShape } from '../../schema/draft.ts';
import { type EntryPlace, entryPlaceShape } from '../../schema/entry/entry.ts';
import { splitEntryId } from '../../schema/ids.ts';
import { CERTIFICATE_LENGTH_MAX } from '../../schema/limits.ts';
import { type DeviceIdentity, deviceIdentityShape, type EnrolAnswer } from '../../schema/protocol/enrol.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import type { Finding } from '../store/findings.ts';
import type { Journal, OwnEntry } from '../store/journal.ts';
import type { Acknowledged } from '../store/vault.ts';

/** What a rescue file begins with; a reader knows it by this. */
const FORMAT = 'laci-rescue';
const VERSION = 1;
/** Entries read from the disk at once. */
const SLICE_ENTRIES = 200;
/** A file is read into memory whole; a year of a busy till is a tenth of this. In characters. */
export const RESCUE_CHARACTERS_MAX = 256 * 1024 * 1024;

/** A rescue file: everything that proves a device's entries, readable by people and by any device of the branch. */
const rescueShape = z.object({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  device: deviceIdentityShape,
  certificate: z.string().max(CERTIFICATE_LENGTH_MAX),
  /** Device clock, milliseconds since 1970. */
  madeAt: z.int(),
  entries: z.array(z.unknown()),
  /** Rows as the disk gave them back, damaged. */
  damaged: z.array(z.unknown()),
  /** Held carts with changes that were not sent, each whole. */
  drafts: z.array(draftChangeShape).optional(),
});
export type Rescue = z.infer<typeof rescueShape>;

export interface RescueSource {
  readonly enrolment: Pick<EnrolAnswer, 'device' | 'certificate'>;
  readonly journal: { readonly index: Pick<Journal['index'], 'head' | 'next'>; readonly read: Journal['read'] };
  readonly clock: () => number;
  /** Those about the own journal, dealt with or not: a damaged row is kept in each. */
  readonly damage: () => Promise<readonly Finding[]>;
  readonly drafts?: () => Promise<readonly DraftChange[]>;
}

/** Writes own entries above `seq` into a rescue file. */
export async function writeRescue(source: RescueSource, above: number): Promise<string> {
  const { enrolment, journal, clock, damage } = source;
  const entries: OwnEntry[] = [];
  const last = journal.index.head().seq;
  for (let row = journal.index.next(above); row !== undefined; row = nextBehind(journal, entries.at(-1), last)) {
    const slice = await journal.read(row.seq, Math.min(last, row.seq + SLICE_ENTRIES - 1));
    if (slice.length === 0) break;
    entries.push(...slice);
  }
  const damaged = (await damage()).flatMap(({ detail }) => detail.row ?? []);
  const drafts = [...((await source.drafts?.()) ?? [])];
  return rescueText({ ...enrolment, madeAt: clock(), entries, damaged, drafts });
}

/** The last own entry before which the server answers for all: what it refused waits too, and what it has only the stub of. */
export function answeredWhole({ head, refused = [], stubs = [] }: Acknowledged): number {
  return Math.min(head.seq, ...[...refused, ...stubs].map((seq) => seq - 1));
}

/** The file's text. */
export function rescueText({
  device,
  certificate,
  madeAt,
  entries,
  damaged,
  drafts = [],
}: Omit<Rescue, 'format' | 'version'>): string {
  const rescue: Rescue = { format: FORMAT, version: VERSION, device, certificate, madeAt, entries, damaged, drafts };
  return JSON.stringify(rescue, null, 1);
}

/** By the key: what a damaged row says of itself must not lead in a circle, nor past others. */
function nextBehind({ index }: RescueSource['journal'], entry: OwnEntry | undefined, last: number) {
  return index.next(entry ? splitEntryId(entry.id).seq : last);
}

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
  if (format === FORMAT && typeof version === 'number' && version > VERSION) return fail('newer');
  return fail(text.slice(0, 100).includes(FORMAT) ? 'damaged' : 'not-a-rescue');
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
