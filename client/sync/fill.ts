import { fail, type Result } from '../../schema/result.ts';
import type { PullFault } from './puller.ts';
import type { ReadPage } from './read-pages.ts';
import type { Filling, StoredCheckpoint } from './replication.ts';

export interface FillDeps {
  readonly filling: Filling;
  readonly readPage: (from: StoredCheckpoint | null, rows: number) => Promise<ReadPage>;
  /** A page came, and is about to be written. False where nothing more may be. */
  readonly reached: (checkpoint: StoredCheckpoint) => boolean;
}

/** What a line carries in this time is asked for at once: less is spent on asking. */
const QUICK_PAGE_MS = 1_000;
/** So many times the rows that a person set for a page, at most. */
const PAGE_GROWTH_MAX = 8;

/**
 * Fetches a collection from `from` to its end; each page is asked for while the one before it is written, so that two are in memory
 * at most.
 */
export async function fillToEnd(from: StoredCheckpoint | null, deps: FillDeps): Promise<Result<null, PullFault>> {
  const { filling, readPage, reached } = deps;
  let checkpoint = from;
  let writing = Promise.resolve(true);
  for (let { rows } = filling; ; ) {
    const page = await readPage(checkpoint, rows);
    rows = rowsNext(filling, rows, page.tookMs);
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

/** As many as the line just carried in {@link QUICK_PAGE_MS}. */
function rowsNext({ rows: least }: Filling, rows: number, tookMs: number): number {
  const carried = Math.floor((rows * QUICK_PAGE_MS) / Math.max(1, tookMs));
  return Math.min(Math.max(least, carried), least * PAGE_GROWTH_MAX);
}

export const STOPPED: PullFault = { kind: 'offline', text: 'Stopped' };
