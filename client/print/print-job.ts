import type { EntryId } from '../../schema/ids.ts';
import type { ReceiptBlock } from '../../schema/receipt-block.ts';
import type { PrintFault } from './printer.ts';

/**
 * One piece of work for a printer. It never decides anything about the sale: that is on disk before its job is made.
 *
 *   waiting ──begin──► printing ──printed──► done
 *      │                  │
 *      └──fail, wake──►  failed ──retry──► waiting
 *                         ▲
 *          printing ──fail, wake──┘
 *
 * `begin` is on disk before the first byte goes to the printer. `wake` is the app's start: whatever was under way is offered to a person, and
 * never printed again by itself.
 */
export type JobState = 'waiting' | 'printing' | 'failed' | 'done';
export type JobEvent = 'begin' | 'printed' | 'fail' | 'retry' | 'wake';

export const JOB_TRANSITIONS: Readonly<Record<JobState, Readonly<Record<JobEvent, JobState>>>> = {
  waiting: { begin: 'printing', printed: 'waiting', fail: 'failed', retry: 'waiting', wake: 'failed' },
  printing: { begin: 'printing', printed: 'done', fail: 'failed', retry: 'printing', wake: 'failed' },
  failed: { begin: 'failed', printed: 'failed', fail: 'failed', retry: 'waiting', wake: 'failed' },
  done: { begin: 'done', printed: 'done', fail: 'done', retry: 'done', wake: 'done' },
};

export interface PrintJob {
  /** 1, 2, 3 … per device. */
  readonly no: number;
  /** `drawer` opens the cash drawer and prints nothing; `report` is what it carries, of no entry. */
  readonly what: 'receipt' | 'drawer' | 'test' | 'report';
  /** What is printed; missing for a drawer and a test page. */
  readonly entry?: EntryId;
  /** Of a report: its figures stand as they were on the screen, whatever is sold meanwhile. */
  readonly blocks?: readonly ReceiptBlock[];
  /** How people call it, e.g. the receipt's number. */
  readonly label: string;
  /** `page` prints through the browser, whatever printer is chosen. */
  readonly through?: 'page';
  /** Opens the drawer when it is printed for the first time. */
  readonly drawer?: true;
  readonly state: JobState;
  /** Why it failed; null in every other state. */
  readonly fault: PrintFault | null;
  /** Which copy the last print was: 0 is the first print. Missing before it began. */
  readonly copy?: number;
}

/** A job after an event, by the table alone. */
export function moveJob(job: PrintJob, event: JobEvent, fault: PrintFault | null = null): PrintJob {
  const state = JOB_TRANSITIONS[job.state][event];
  if (state === job.state) return job;
  return { ...job, state, fault: state === 'failed' ? (fault ?? wakeFault(job)) : null };
}

/** What is known of a job that a restart cut off: one that waited certainly printed nothing. */
function wakeFault({ state }: PrintJob): PrintFault {
  return state === 'printing' ? 'interrupted' : 'not-begun';
}
