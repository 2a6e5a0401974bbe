import type { DeviceEntry, Head } from '../../schema/entry/entry.ts';
import type { DeviceId, EntryId } from '../../schema/ids.ts';
import { stockEffects } from '../../schema/stock/effect.ts';
import type { JournalChange, WriteTx } from '../store/store.ts';
import type { StockBook } from './stock-book.ts';

/** Entries read at once while a closed gap is folded. */
const FOLD_PAGE = 200;

/**
 * Folds everything that now follows the head without a gap, strictly in the order of the chain, and gives the new head.
 * A quarantined entry folds as nothing and moves the head to its claimed hash. `quarantined` hears of entries that came before
 * the one they follow, and turn out not to follow it.
 */
export async function advanceHead(
  tx: WriteTx,
  book: StockBook,
  deviceId: DeviceId,
  head: Head,
  quarantined: (id: EntryId, reason: string) => void,
): Promise<Head> {
  let last = head;
  for (;;) {
    const page = await tx.entriesFrom(deviceId, last.seq + 1, FOLD_PAGE);
    for (const entry of page) {
      if (entry.entrySeq !== last.seq + 1) return last;
      const fault = await foldEntry(book, entry, last);
      if (fault) {
        await tx.quarantineEntry(entry.id, fault);
        quarantined(entry.id, fault);
      }
      last = { seq: entry.entrySeq, hash: entry.hash };
    }
    if (page.length < FOLD_PAGE) return last;
  }
}

/** Folds one entry behind `last`. Gives the reason why it cannot count, or null. */
async function foldEntry(book: StockBook, entry: JournalChange, last: Head): Promise<string | null> {
  if (entry.verdict === 'quarantined') return null;
  if (entry.prev !== last.hash) return 'prev: does not follow the entry before it';
  const effects = stockEffects(JSON.parse(entry.json) as DeviceEntry);
  if (effects.length === 0 || (await book.fold(entry.entrySeq, effects))) return null;
  return 'overflow: the stock counter would not be exact any more';
}
