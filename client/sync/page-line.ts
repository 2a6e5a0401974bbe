import { sameEpoch } from '../../schema/epoch.ts';
import type { PullerDeps } from './puller.ts';
import { askPage, type ComePage } from './read-pages.ts';
import type { StoredCheckpoint } from './replication.ts';

/** The pages of a collection that is fetched whole, in their order, each asked for as soon as the one before it has come. */
export interface PageLine {
  /** Behind what its first page was asked for. */
  readonly from: StoredCheckpoint | null;
  /** The next page. Behind the last one, or one that failed, there is none to ask for. */
  next(): Promise<ComePage>;
  /** One that was taken is no longer in memory. */
  letGo(): void;
  /** From now on as many may be in memory as ever; before, only the first is asked for. */
  askOn(): void;
}

/** Pages that are being written, wait for it, or are on their way. */
export const PAGES_IN_MEMORY_MAX = 3;
/** What a line carries in this time is asked for at once: less is spent on asking. */
const QUICK_PAGE_MS = 1_000;
/** So many times the rows that a person set for a page, at most. */
const PAGE_GROWTH_MAX = 8;

/** Asks for the first page at once. */
export function createPageLine(deps: PullerDeps, from: StoredCheckpoint | null, leastRows: number): PageLine {
  const pages: Promise<ComePage>[] = [];
  let inMemory = 0;
  let inMemoryMax = 1;
  /** What is to be asked for next; null while a page is on its way, and at the end. */
  let next: { readonly from: StoredCheckpoint | null; readonly rows: number } | null = { from, rows: leastRows };
  const ask = () => {
    if (next === null || inMemory >= inMemoryMax) return;
    const { from: behind, rows } = next;
    next = null;
    inMemory += 1;
    pages.push(askPage(deps, behind, rows).then((page) => come(page, rows)));
  };
  const come = (page: ComePage, rows: number): ComePage => {
    const answer = page.answer.ok ? page.answer.value : null;
    if (answer?.more && sameEpoch(answer.epoch, deps.epoch())) {
      const { epoch, scopes } = answer.checkpoint;
      next = { from: { epoch, scopes, sweep: deps.sweep() }, rows: rowsNext(leastRows, rows, page.tookMs) };
      ask();
    }
    return page;
  };
  ask();
  return {
    from,
    next: async () => {
      const page = pages.shift();
      if (page === undefined) throw new Error('Invariant broken: a page behind the last one.');
      return page;
    },
    letGo: () => {
      inMemory -= 1;
      ask();
    },
    askOn: () => {
      inMemoryMax = PAGES_IN_MEMORY_MAX;
      ask();
    },
  };
}

/**
 * The batch, or twice, four or eight times as many, as the line carried in {@link QUICK_PAGE_MS}: devices of a shop ask for the same pages, which
 * the server packs once.
 */
function rowsNext(least: number, rows: number, tookMs: number): number {
  const carried = (rows * QUICK_PAGE_MS) / Math.max(1, tookMs);
  let wanted = least;
  while (wanted * 2 <= Math.min(carried, least * PAGE_GROWTH_MAX)) wanted *= 2;
  return wanted;
}
