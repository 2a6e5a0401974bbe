import type { DeviceId, EntryId } from '../../schema/ids.ts';
import type { ReceiptBlock } from '../../schema/receipt-block.ts';
import { createLive, type Live } from '../device/live.ts';
import {
  addJob,
  copyOf,
  dropJob,
  EMPTY_BOOK,
  type JobWish,
  moveInBook,
  type PrintBook,
  wakeBook,
} from './print-book.ts';
import type { JobEvent, PrintJob } from './print-job.ts';
import type { PrintFault } from './printer.ts';

/** What one job puts on paper. */
export interface Printout {
  readonly blocks: readonly ReceiptBlock[];
  readonly title: string;
  readonly drawer: boolean;
  readonly through?: 'page';
}

/** A printer that is ready: nothing was printed yet. */
export interface ReadyPrinter {
  print(printout: Printout): Promise<PrintFault | null>;
  close(): Promise<void>;
}

export interface PrintQueueDeps {
  readonly own: DeviceId;
  /** Resolves when the book is on disk. */
  readonly keep: (book: PrintBook) => Promise<void>;
  /** Reads what the job prints from disk, as copy number `copy`; null when it is not there. */
  readonly compose: (job: PrintJob, copy: number) => Promise<Printout | null>;
  readonly open: (printout: Printout) => Promise<ReadyPrinter | PrintFault>;
  readonly log: (what: string) => void;
}

/** Jobs for this device's printer, one after the other. A job that failed holds up no other. */
export interface PrintQueue {
  readonly book: Live<PrintBook>;
  /** At the app's start: what was under way then is offered, with the receipts that were `missed`. */
  wake(kept: PrintBook | undefined, head: number, missed: readonly Pick<PrintJob, 'entry' | 'label'>[]): Promise<void>;
  /** Resolves when the job is on disk; never waits for the printer. `through` is the last own entry decided. */
  add(job: JobWish, through?: number): Promise<number>;
  retry(no: number, through?: 'page'): Promise<void>;
  drop(no: number): Promise<void>;
  /** Own entries up to this one need no automatic print. */
  decided(through: number): Promise<void>;
  /** Resolves when nothing is waiting or being printed. */
  settled(): Promise<void>;
}

export function createPrintQueue(deps: PrintQueueDeps): PrintQueue {
  const book = createLive<PrintBook>(EMPTY_BOOK);
  let writing: Promise<void> = Promise.resolve();
  let running: Promise<void> | null = null;
  const change = (make: (held: PrintBook) => PrintBook): Promise<void> => {
    const next = make(book.get());
    if (next === book.get()) return writing;
    book.set(next);
    // In order, and a disk that fails once does not stop the next: the worst of it is a copy too many that says so.
    writing = writing.catch(() => undefined).then(() => deps.keep(next));
    return writing;
  };
  const move = (no: number, event: JobEvent, fault: PrintFault | null = null) =>
    change((held) => moveInBook(held, deps.own, no, event, fault));
  const runNext = async (): Promise<void> => {
    for (let job = firstWaiting(book.get()); job; job = firstWaiting(book.get())) {
      await runJob(deps, book, job, move).catch(() => move(job?.no ?? 0, 'fail', 'cable').catch(() => undefined));
    }
  };
  const run = () => {
    running ??= runNext().finally(() => {
      running = null;
    });
  };
  return {
    book,
    wake: async (kept, head, missed) => {
      const woken = wakeBook(kept ?? { ...EMPTY_BOOK, since: head, through: head }, kept ? missed : []);
      // Mostly nothing was under way: then the disk has it already.
      if (JSON.stringify(woken) === JSON.stringify(kept)) book.set(woken);
      else await change(() => woken);
    },
    add: async (job, through) => {
      const no = book.get().nextNo;
      await change((held) => addJob({ ...held, through: Math.max(held.through, through ?? 0) }, job));
      run();
      return no;
    },
    retry: async (no, through) => {
      await change((held) => moveInBook(routed(held, no, through), deps.own, no, 'retry'));
      run();
    },
    drop: (no) => change((held) => dropJob(held, no)),
    decided: (through) => change((held) => ({ ...held, through: Math.max(held.through, through) })),
    settled: async () => {
      while (running) await running;
      await writing.catch(() => undefined);
    },
  };
}

function firstWaiting({ jobs }: PrintBook): PrintJob | undefined {
  return jobs.find(({ state }) => state === 'waiting');
}

/** The same job, for the browser's own printing or the chosen printer. */
function routed(book: PrintBook, no: number, through: 'page' | undefined): PrintBook {
  const jobs = book.jobs.map((job) => {
    if (job.no !== no) return job;
    const { through: _before, ...rest } = job;
    return through ? { ...rest, through } : rest;
  });
  return { ...book, jobs };
}

/** Open first: until then it is certain that nothing was printed. Then the beginning is on disk before the first byte goes out. */
async function runJob(
  deps: PrintQueueDeps,
  book: Live<PrintBook>,
  job: PrintJob,
  move: (no: number, event: JobEvent, fault?: PrintFault | null) => Promise<void>,
): Promise<void> {
  const copy = job.entry === undefined ? 0 : copyOf(book.get(), deps.own, job.entry as EntryId);
  const printout = await deps.compose(job, copy);
  if (printout === null) return move(job.no, 'fail', 'gone');
  const printer = await deps.open(printout);
  if (typeof printer === 'string') {
    deps.log(`Not printed ${job.label}: ${printer}`);
    return move(job.no, 'fail', printer);
  }
  await move(job.no, 'begin');
  const fault = await printer.print(printout);
  await printer.close();
  deps.log(`${fault ? `Print failed (${fault})` : 'Printed'} ${job.label}${copy > 0 ? `, copy ${copy}` : ''}`);
  await move(job.no, fault ? 'fail' : 'printed', fault);
}
