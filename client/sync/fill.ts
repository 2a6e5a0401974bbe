import { fail, type Result } from '../../schema/result.ts';
import type { PullFault } from './puller.ts';
import type { ReadPage } from './read-pages.ts';
import type { Filling, StoredCheckpoint } from './replication.ts';

export interface FillDeps {
  readonly filling: Filling;
  readonly readPage: (from: StoredCheckpoint | null, rows: number) => Promise<ReadPage>;
  /** Milliseconds. */
  readonly clock: () => number;
  /** A page came, and is about to be written. False where nothing more may be. */
  readonly reached: (checkpoint: StoredCheckpoint) => boolean;
}

/** A line that carries a page in this time carries a larger one: less is spent on asking. */
const QUICK_PAGE_MS = 1_000;
/** Each page is asked for so many times the rows of the one before, where that came quickly. */
const PAGE_GROWTH = 4;
/** So many times the rows that a person set for a page, at most. */
const PAGE_GROWTH_MAX = 8;

/**
 * Fetches a collection from `from` to its end; each page is asked for while the one before it is written, so that two are in memory
 * at most.
 */
export async function fillToEnd(from: StoredCheckpoint | null, deps: FillDeps): Promise<Result<null, PullFault>> {
  const { filling, readPage, clock, reached } = deps;
  let checkpoint = from;
  let writing = Promise.resolve(true);
  for (let rows = filling.rows; ; ) {
    const asked = clock();
    const page = await readPage(checkpoint, rows);
    if (clock() - asked <= QUICK_PAGE_MS) rows = Math.min(rows * PAGE_GROWTH, filling.rows * PAGE_GROWTH_MAX);
    else rows = filling.rows;
    if (!(await writing)) return fail({ kind: 'disk' });
    if (page.reached !== null && page.reached !== checkpoint) {
      checkpoint = page.reached;
      if (!reached(checkpoint)) return fail(STOPPED);
      writing = filling.write(page.documents, checkpoint);
    }
    if (page.result === null) continue;
    return (await writing) ? page.result : fail({ kind: 'disk' });
  }
}

export const STOPPED: PullFault = { kind: 'offline', text: 'Stopped' };
