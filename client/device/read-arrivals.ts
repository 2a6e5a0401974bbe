import type { BranchEntry } from '../../schema/protocol/pull.ts';
import type { Shelf } from '../store/shelf.ts';

/** Arrivals read at once: between two pages the screen answers. */
const PAGE = 1_000;

/** What arrived from other devices at `since` (server time, milliseconds) or later, page by page, each once. */
export async function* arrivalsSince(
  shelf: Pick<Shelf<BranchEntry>, 'find'>,
  since: number,
): AsyncGenerator<readonly BranchEntry[]> {
  for (let from = Math.max(0, since), seen = new Set<string>(); ; ) {
    const page = await shelf.find({ where: { receivedAt: { $gte: from } }, sort: ['receivedAt'], limit: PAGE });
    const fresh = page.filter(({ id }) => !seen.has(id));
    yield fresh;
    if (page.length < PAGE) return;
    const last = page.at(-1)?.receivedAt ?? from;
    // So many of one arrival: nothing behind them could be reached otherwise.
    if (fresh.length === 0) from = last + 1;
    else {
      seen = new Set(page.filter(({ receivedAt }) => receivedAt === last).map(({ id }) => id));
      from = last;
    }
  }
}
