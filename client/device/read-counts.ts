import type { DeviceEntry } from '../../schema/entry/entry.ts';
import { stockEffects } from '../../schema/stock/effect.ts';
import type { CountedLine, StockMove } from '../../schema/stock/stocktake.ts';
import type { EntryOf } from '../store/journal.ts';
import type { EntryFollower, FollowWish, KnownEntry } from './follow-entries.ts';

/** How far a server's clock may be set back, and so far off may be the device's that began a sheet of an older version. In milliseconds. */
const CLOCK_SPAN_MS = 24 * 60 * 60 * 1000;

/** What an entry says to stocktakes: what it counted, or what it moved. */
export interface CountPart {
  readonly sheet: string | undefined;
  readonly lines: readonly CountedLine[];
  readonly moves: readonly StockMove[];
}

/** What stocktakes follow of all entries. */
export const COUNT_WISH: FollowWish<CountPart> = {
  kinds: new Set<DeviceEntry['kind']>([
    ...(['count', 'sale', 'refund', 'receive', 'adjust', 'waste', 'transfer-in', 'transfer-out'] as const),
  ]),
  pick: (known) => {
    const { entry } = known;
    if (entry.kind === 'count') return { sheet: entry.body.sheet, lines: linesOf(entry), moves: [] };
    return { sheet: undefined, lines: [], moves: movesOf(known) };
  },
};

/**
 * The counts of a sheet in order of time, and everything that happened since shortly before it was begun and may touch them. Of the own
 * entries all: a device that was away for long has moves from before the count that nobody has seen.
 */
export async function readCounts(
  follower: EntryFollower<CountPart>,
  sheet: string,
  after: number,
): Promise<{ readonly lines: readonly CountedLine[]; readonly moves: readonly StockMove[] }> {
  const parts = await follower.read(after - CLOCK_SPAN_MS);
  const lines = parts
    .flatMap((part) => (part.sheet === sheet ? part.lines : []))
    .sort((left, right) => left.at - right.at || (left.id < right.id ? -1 : 1));
  const products = new Set(lines.map(({ productId }) => productId));
  return { lines, moves: parts.flatMap(({ moves }) => moves.filter(({ productId }) => products.has(productId))) };
}

/** A count that says not what its device expected was written by something else than a stocktake. */
function linesOf({ id, deviceId, person, at, body }: EntryOf<'count'>): CountedLine[] {
  return body.lines.flatMap(({ productId, counted, expected }) =>
    expected === undefined
      ? []
      : [{ id, deviceId, person, at, productId, counted, expected, seen: body.seen, place: body.place ?? '' }],
  );
}

function movesOf({ id, deviceId, seq, entry }: KnownEntry): StockMove[] {
  const { at } = entry;
  const sheet = entry.kind === 'adjust' ? entry.body.sheet : undefined;
  return stockEffects(entry).map((effect) => {
    return { id, deviceId, seq, at, sheet, productId: effect.productId, delta: effect.in - effect.out };
  });
}
