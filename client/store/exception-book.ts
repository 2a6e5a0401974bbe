import type { DeviceEntry } from '../../schema/entry/entry.ts';
import { isReview, type Review } from '../../schema/exception.ts';
import type { EntryId } from '../../schema/ids.ts';
import type { BranchEntry } from '../../schema/protocol/pull.ts';
import { createLive, type Live } from '../device/live.ts';
import { createNumberGaps, type NumberGap } from './number-gaps.ts';
import type { WholeRead } from './whole-read.ts';

/** Flagged entries kept in memory, the newest arrivals; with more of them something is wrong that no list shows. */
export const EXCEPTIONS_MAX = 2_000;

/** The flagged entries of the branch and what people made of them, as far as this device holds them. */
export interface ExceptionBook {
  readonly version: Live<number>;
  /** Reads the branch journal through, where nobody did. Until then only what arrived since the start is here. */
  readAll(): Promise<void>;
  put(entries: readonly BranchEntry[]): void;
  /** Forgets entries that are no longer on disk. */
  remove(ids: readonly string[]): void;
  addOwn(entry: DeviceEntry): void;
  /** Newest arrival first. */
  flagged(): readonly BranchEntry[];
  reviews(): Iterable<Review>;
  /** Numbers that lie between entries which are here; none as long as not all were read. */
  gaps(): readonly NumberGap[];
  /** Begins anew, e.g. after another tab wrote here. */
  clear(): void;
}

export function createExceptionBook(journal: WholeRead<BranchEntry>): ExceptionBook {
  const version = createLive(0);
  const flagged = new Map<string, BranchEntry>();
  const reviews = new Map<EntryId, Review>();
  const numbers = createNumberGaps();
  let isWhole = false;
  const bump = () => version.set(version.get() + 1);
  const take = (entries: readonly BranchEntry[]): boolean => {
    let changed = numbers.put(entries) && isWhole;
    for (const row of entries) {
      const entry = row.entry as DeviceEntry | undefined;
      if (row.flags.length > 0 || row.verdict === 'quarantined') flagged.set(row.id, row);
      else if (!flagged.delete(row.id) && !(entry && isReview(entry))) continue;
      if (entry && isReview(entry)) reviews.set(row.id, entry);
      changed = true;
    }
    if (flagged.size > EXCEPTIONS_MAX)
      for (const row of newestFirst(flagged.values()).slice(EXCEPTIONS_MAX)) flagged.delete(row.id);
    return changed;
  };
  const put = (entries: readonly BranchEntry[]) => {
    if (take(entries)) bump();
  };
  journal.join(put);
  return {
    version,
    readAll: async () => {
      await journal.readAll();
      if (isWhole) return;
      isWhole = true;
      bump();
    },
    put,
    remove: (ids) => {
      const gone = ids.filter((id) => flagged.delete(id) || reviews.delete(id as EntryId));
      if (gone.length > 0) bump();
    },
    addOwn: (entry) => {
      if (!isReview(entry)) return;
      reviews.set(entry.id, entry);
      bump();
    },
    flagged: () => newestFirst(flagged.values()),
    reviews: () => reviews.values(),
    gaps: () => (isWhole ? numbers.all() : []),
    clear: () => {
      isWhole = false;
      numbers.clear();
      flagged.clear();
      reviews.clear();
      journal.forget();
    },
  };
}

/** By arrival at the server; entries of one arrival by id, so that the order is one. */
function newestFirst(rows: Iterable<BranchEntry>): BranchEntry[] {
  return [...rows].sort((left, right) => right.receivedAt - left.receivedAt || (left.id < right.id ? 1 : -1));
}
