import type { DeviceEntry } from '../../schema/entry/entry.ts';
import type { ProductId } from '../../schema/ids.ts';
import type { DeviceIdentity } from '../../schema/protocol/enrol.ts';
import type { BranchEntry } from '../../schema/protocol/pull.ts';
import { stockEffects } from '../../schema/stock/effect.ts';
import type { CountedLine, StockMove } from '../../schema/stock/stocktake.ts';
import type { Shelves } from '../store/device-disk.ts';
import type { EntryOf, Journal } from '../store/journal.ts';

export interface CountsDeps {
  readonly identity: DeviceIdentity;
  readonly journal: Pick<Journal, 'index' | 'readEach'>;
  readonly shelves: Pick<Shelves, 'branchJournal'>;
}

/** How far a device's clock may be from the server's before a count's moment says nothing. In milliseconds. */
const CLOCK_SPAN_MS = 24 * 60 * 60 * 1000;

/** An entry with the device that it counts for: a fork's is another than the one that it names. */
interface Known extends Pick<BranchEntry, 'id' | 'deviceId' | 'seq'> {
  readonly entry: DeviceEntry;
}

/** The counts of a sheet in order of time, and everything that happened since shortly before it was begun and may touch them. */
export async function readCounts(
  deps: CountsDeps,
  sheet: string,
  begunAt: number,
): Promise<{ readonly lines: readonly CountedLine[]; readonly moves: readonly StockMove[] }> {
  const since = begunAt - CLOCK_SPAN_MS;
  const arrived = await deps.shelves.branchJournal.find({
    where: { receivedAt: { $gte: since } },
    sort: ['receivedAt'],
  });
  const known = [...(await readOwn(deps)), ...arrived.flatMap(readable)];
  const lines = known
    .flatMap(({ entry }) => (entry.kind === 'count' && entry.body.sheet === sheet ? linesOf(entry) : []))
    .sort((left, right) => left.at - right.at || (left.id < right.id ? -1 : 1));
  const products = new Set(lines.map(({ productId }) => productId));
  return { lines, moves: known.flatMap((one) => movesOf(one, products)) };
}

/** All of them: a device that was away for long has moves from before the count that nobody has seen. */
async function readOwn({ journal }: CountsDeps): Promise<readonly Known[]> {
  const entries = await journal.readEach(journal.index.after(0).map(({ id }) => id));
  return entries.map((entry) => ({ id: entry.id, deviceId: entry.deviceId, seq: entry.seq, entry }));
}

/** What could not be read moves no stock until it can. */
function readable({ id, deviceId, seq, verdict, entry }: BranchEntry): readonly Known[] {
  return verdict === 'accepted' && entry ? [{ id, deviceId, seq, entry: entry as unknown as DeviceEntry }] : [];
}

/** A count that says not what its device expected was written by something else than a stocktake. */
function linesOf({ id, deviceId, person, at, body }: EntryOf<'count'>): CountedLine[] {
  return body.lines.flatMap(({ productId, counted, expected }) =>
    expected === undefined
      ? []
      : [{ id, deviceId, person, at, productId, counted, expected, seen: body.seen, place: body.place ?? '' }],
  );
}

function movesOf({ id, deviceId, seq, entry }: Known, products: ReadonlySet<ProductId>): StockMove[] {
  const { at } = entry;
  const sheet = entry.kind === 'adjust' ? entry.body.sheet : undefined;
  return stockEffects(entry)
    .filter(({ productId }) => products.has(productId))
    .map((effect) => ({ id, deviceId, seq, at, sheet, productId: effect.productId, delta: effect.in - effect.out }));
}
