import { z } from 'zod';
import { type EntryPlace, entryPlaceShape } from '../../schema/entry/entry.ts';
import { splitEntryId } from '../../schema/ids.ts';
import { BODY_BYTES_MAX, CERTIFICATE_LENGTH_MAX, PUSH_ROWS_MAX } from '../../schema/limits.ts';
import { utf8Length } from '../../schema/payload-gate.ts';
import { deviceIdentityShape, type EnrolAnswer } from '../../schema/protocol/enrol.ts';
import { type JournalPushAnswer, journalPushAnswerShape } from '../../schema/protocol/push.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import type { Finding } from '../store/findings.ts';
import type { Journal, OwnEntry } from '../store/journal.ts';
import type { Http, NetFault } from '../sync/http.ts';

/** What a rescue file begins with; a reader knows it by this. */
const FORMAT = 'laci-rescue';
const VERSION = 1;
/** Entries read from the disk at once. */
const SLICE_ENTRIES = 200;
/** Room in a body for what stands around the rows. */
const BODY_BYTES_SPARE = 8 * 1024;

/** A rescue file: everything that proves a device's entries, readable by people and by any device of the branch. */
const rescueShape = z.object({
  format: z.literal(FORMAT),
  version: z.int().min(1),
  device: deviceIdentityShape,
  certificate: z.string().max(CERTIFICATE_LENGTH_MAX),
  /** Device clock, milliseconds since 1970. */
  madeAt: z.int(),
  entries: z.array(z.unknown()),
  /** Rows as the disk gave them back, damaged. */
  damaged: z.array(z.unknown()),
});
type Rescue = z.infer<typeof rescueShape>;

export interface RescueSource {
  readonly enrolment: EnrolAnswer;
  readonly journal: Pick<Journal, 'index' | 'read'>;
  readonly clock: () => number;
  /** Those about the own journal, dealt with or not: a damaged row is kept in each. */
  readonly damage: () => Promise<readonly Finding[]>;
}

/** Writes own entries above `seq` into a rescue file. */
export async function writeRescue({ enrolment, journal, clock, damage }: RescueSource, above: number): Promise<string> {
  const entries: OwnEntry[] = [];
  const last = journal.index.head().seq;
  for (let row = journal.index.next(above); row !== undefined; row = nextBehind(journal, entries.at(-1), last)) {
    const slice = await journal.read(row.seq, Math.min(last, row.seq + SLICE_ENTRIES - 1));
    if (slice.length === 0) break;
    entries.push(...slice);
  }
  const rescue: Rescue = {
    format: FORMAT,
    version: VERSION,
    device: enrolment.device,
    certificate: enrolment.certificate,
    madeAt: clock(),
    entries,
    damaged: (await damage()).flatMap(({ detail }) => detail.row ?? []),
  };
  return JSON.stringify(rescue, null, 1);
}

/** By the key: what a damaged row says of itself must not lead in a circle, nor past others. */
function nextBehind({ index }: RescueSource['journal'], entry: OwnEntry | undefined, last: number) {
  return index.next(entry ? splitEntryId(entry.id).seq : last);
}

/** How many entries of a file the server took, had already, and did not take. */
export interface RescueOutcome {
  readonly till: string;
  readonly entries: number;
  readonly taken: number;
  readonly known: number;
  readonly refused: number;
}

/** `not-a-rescue`: the text is no rescue file. `offline`, `not-the-server`, `refused`: as for every request; nothing is lost, try again. */
export type RescueFault = 'not-a-rescue' | NetFault['kind'];

/** Hands a rescue file's entries in, batch by batch. What was handed in stays so when a later batch fails. */
export async function handInRescue(http: Http, text: string): Promise<Result<RescueOutcome, RescueFault>> {
  const rescue = readRescue(text);
  if (rescue === null) return fail('not-a-rescue');
  const outcome = { till: rescue.device.till, entries: rescue.entries.length, taken: 0, known: 0, refused: 0 };
  for (const rows of batchesOf(rescue.entries)) {
    const body = pushBody(rows, rescue.certificate);
    const answer = await http.request('POST', '/sync/v1/journal/push', body, journalPushAnswerShape);
    if (!answer.ok) return fail(answer.error.kind);
    count(outcome, answer.value);
  }
  return ok(outcome);
}

function readRescue(text: string): Rescue | null {
  try {
    const parsed = rescueShape.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Rows in order, as many as one request carries. */
function batchesOf(rows: readonly unknown[]): unknown[][] {
  const batches: unknown[][] = [];
  let [batch, bytes]: [unknown[], number] = [[], BODY_BYTES_SPARE];
  for (const row of rows) {
    const size = utf8Length(JSON.stringify(row)) + 1;
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
function pushBody(rows: readonly unknown[], certificate: string): object {
  const signatures = rows.flatMap((row) => {
    const place = entryPlaceShape.safeParse(row);
    const signature = (row as { signature?: unknown } | null)?.signature;
    return place.success && typeof signature === 'string' ? [signatureOf(place.data, signature)] : [];
  });
  const entries = rows.map((row) => {
    if (typeof row !== 'object' || row === null) return row;
    const { signature: _signature, ...entry } = row as { signature?: unknown };
    return entry;
  });
  return { entries, signatures, certificates: [certificate] };
}

function signatureOf({ id, hash }: EntryPlace, signature: string): object {
  return { id, hash, signature };
}

function count(outcome: { taken: number; known: number; refused: number }, { verdicts }: JournalPushAnswer): void {
  for (const { verdict } of verdicts) {
    if (verdict === 'duplicate') outcome.known += 1;
    else if (verdict === 'refused') outcome.refused += 1;
    else outcome.taken += 1;
  }
}
