import type { DraftChange } from '../../schema/draft.ts';
import { splitEntryId } from '../../schema/ids.ts';
import type { EnrolAnswer } from '../../schema/protocol/enrol.ts';
import { rescueText } from '../../schema/rescue-text.ts';
import type { Finding } from '../store/findings.ts';
import type { Journal, OwnEntry } from '../store/journal.ts';
import type { Acknowledged } from '../store/vault.ts';

/** Entries read from the disk at once. */
const SLICE_ENTRIES = 200;
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

/** By the key: what a damaged row says of itself must not lead in a circle, nor past others. */
function nextBehind({ index }: RescueSource['journal'], entry: OwnEntry | undefined, last: number) {
  return index.next(entry ? splitEntryId(entry.id).seq : last);
}
