import { type DeviceId, type EntryId, splitEntryId } from '../../schema/ids.ts';
import { type JobEvent, moveJob, type PrintJob } from './print-job.ts';
import type { PrintFault } from './printer.ts';

/** What a device knows of its printing; replaced whole on disk, before the step that it speaks of. */
export interface PrintBook {
  readonly nextNo: number;
  /** Oldest first. */
  readonly jobs: readonly PrintJob[];
  /** How often the print of an entry began, for own entries above `since`. */
  readonly begun: Readonly<Record<EntryId, number>>;
  /** Own entries up to this seq may have been printed without a line in `begun`. */
  readonly since: number;
  /** The last own entry for which automatic printing was decided. */
  readonly through: number;
}

/** Jobs kept: those done go first, then the oldest. */
export const JOBS_MAX = 60;
/** Entries whose prints are counted one by one; of older ones every print is a copy. */
export const BEGUN_MAX = 1_000;

export const EMPTY_BOOK: PrintBook = { nextNo: 1, jobs: [], begun: {}, since: 0, through: 0 };

/** What a job is when it is made. */
export type JobWish = Pick<PrintJob, 'what' | 'entry' | 'blocks' | 'label' | 'through' | 'drawer'>;

/** The book with one more job, waiting. */
export function addJob(book: PrintBook, job: JobWish): PrintBook {
  const added: PrintJob = { ...job, no: book.nextNo, state: 'waiting', fault: null };
  return { ...book, nextNo: book.nextNo + 1, jobs: withinBound([...book.jobs, added]) };
}

function withinBound(jobs: readonly PrintJob[]): readonly PrintJob[] {
  if (jobs.length <= JOBS_MAX) return jobs;
  const drop = jobs.find(({ state }) => state === 'done') ?? jobs[0];
  return jobs.filter((job) => job !== drop);
}

/** The book after something happened to one job. A print that begins is counted, and says which copy it is. */
export function moveInBook(
  book: PrintBook,
  own: DeviceId,
  no: number,
  event: JobEvent,
  fault: PrintFault | null = null,
): PrintBook {
  const held = book.jobs.find((job) => job.no === no);
  if (!held) return book;
  const moved = moveJob(held, event, fault);
  const begins = moved !== held && moved.state === 'printing' && moved.entry !== undefined;
  const copy = begins ? { copy: copyOf(book, own, moved.entry) } : {};
  const jobs = settledBy(moved, book.jobs).map((job) => (job === held ? { ...moved, ...copy } : job));
  return begins ? countBegun({ ...book, jobs }, own, moved.entry) : { ...book, jobs };
}

/** A receipt that is on paper now asks for nobody: its prints that failed before are done with. */
function settledBy(moved: PrintJob, jobs: readonly PrintJob[]): readonly PrintJob[] {
  if (moved.state !== 'done' || moved.what !== 'receipt') return jobs;
  return jobs.filter((job) => job.no === moved.no || job.entry !== moved.entry || job.state !== 'failed');
}

/** Which copy the next print of an entry would be: 0 only where it is certain that none ever began. */
export function copyOf({ begun, since }: PrintBook, own: DeviceId, entry: EntryId): number {
  const { deviceId, seq } = splitEntryId(entry);
  const unknown = deviceId !== own || seq <= since ? 1 : 0;
  return begun[entry] ?? unknown;
}

function countBegun(book: PrintBook, own: DeviceId, entry: EntryId): PrintBook {
  const counted: PrintBook['begun'] = { ...book.begun, [entry]: copyOf(book, own, entry) + 1 };
  const ids = Object.keys(counted) as EntryId[];
  if (ids.length <= BEGUN_MAX) return { ...book, begun: counted };
  const [oldest, ...rest] = ids.sort(bySeq) as [EntryId, ...EntryId[]];
  const { deviceId, seq } = splitEntryId(oldest);
  const begun = Object.fromEntries(rest.map((id) => [id, counted[id]])) as PrintBook['begun'];
  return { ...book, begun, since: deviceId === own ? Math.max(book.since, seq) : book.since };
}

function bySeq(left: EntryId, right: EntryId): number {
  return splitEntryId(left).seq - splitEntryId(right).seq;
}

/**
 * The book at the app's start: what was under way is offered, a drawer that did not open then does not open now, and the own receipts
 * that came after the last one decided are offered too.
 */
export function wakeBook(book: PrintBook, missed: readonly Pick<PrintJob, 'entry' | 'label'>[]): PrintBook {
  const kept = book.jobs.filter(({ what }) => what === 'receipt').map((job) => moveJob(job, 'wake'));
  const known = new Set(kept.map(({ entry }) => entry));
  const fresh = missed.filter(({ entry }) => entry && !known.has(entry) && !book.begun[entry]);
  const woken = fresh.reduce<PrintBook>((all, one) => addJob(all, { ...one, what: 'receipt' }), {
    ...book,
    jobs: kept,
  });
  return { ...woken, jobs: woken.jobs.map((job) => moveJob(job, 'wake')) };
}

/** Without a job that a person has done with. What is being printed stays. */
export function dropJob(book: PrintBook, no: number): PrintBook {
  return { ...book, jobs: book.jobs.filter((job) => job.no !== no || job.state === 'printing') };
}
