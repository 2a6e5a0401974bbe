import { type DeviceEntry, type Entry, readDeviceEntry } from '../../schema/entry/entry.ts';
import type { DeviceId, ProductId } from '../../schema/ids.ts';
import type { BranchEntry } from '../../schema/protocol/pull.ts';
import { stockEffects } from '../../schema/stock/effect.ts';
import { stockLevels, usuallySold } from '../../schema/stock/stock-history.ts';
import type { Shelves } from '../store/device-disk.ts';
import type { Journal } from '../store/journal.ts';
import type { StockBook } from '../store/stock-book.ts';
import type { SilentTill } from './device.ts';
import type { ProductHistory, SilentShare } from './movements.ts';
import { arrivalsSince } from './read-arrivals.ts';

export interface HistoryDeps {
  readonly shelves: Pick<Shelves, 'branchJournal'>;
  readonly journal: Pick<Journal, 'index' | 'read'>;
  readonly stockBook: Pick<StockBook, 'onHand'>;
  readonly clock: () => number;
}

const DAY_MS = 24 * 60 * 60 * 1_000;
/** What a till usually sells is known from four weeks: each day of the week four times. */
const USUAL_DAYS = 28;
/** Points of a chart beyond which nobody sees more. */
const LEVELS_MAX = 2_000;

interface Seen {
  readonly deviceId: DeviceId;
  readonly entry: DeviceEntry;
}

/** What moved a product in the last `days`, from the journals that are here, and what tills that are silent usually sell of it. */
export async function readHistory(
  deps: HistoryDeps,
  product: ProductId,
  days: number,
  silent: readonly SilentTill[],
): Promise<ProductHistory> {
  const now = deps.clock();
  const from = now - days * DAY_MS;
  const seen = await readSeen(deps, Math.min(from, silent.length === 0 ? from : now - 2 * USUAL_DAYS * DAY_MS));
  const moves = seen.flatMap(({ deviceId, entry }) => {
    const effect = stockEffects(entry as Entry).find(({ productId }) => productId === product);
    const counted = entry.kind === 'count' && entry.body.lines.find(({ productId }) => productId === product);
    if (!effect && !counted) return [];
    return [{ deviceId, at: entry.at, kind: entry.kind, delta: effect ? effect.in - effect.out : 0 }];
  });
  const levels = stockLevels(deps.stockBook.onHand(product), moves, from, now);
  const isMark = ({ at, kind }: (typeof moves)[number]) => at > from && kind !== 'sale' && kind !== 'refund';
  return {
    levels: levels.length > LEVELS_MAX ? thinned(levels) : levels,
    marks: moves.filter(isMark).map(({ at, kind, delta }) => ({ at, kind, units: delta })),
    silent: silent.flatMap((till) => silentShare(till, seen, moves, now)),
  };
}

/** Every n-th, the last one always. */
function thinned<Point>(points: readonly Point[]): readonly Point[] {
  const step = Math.ceil(points.length / LEVELS_MAX);
  return points.filter((_, index) => index % step === 0 || index === points.length - 1);
}

function silentShare(
  { device: { device, till }, silentMs }: SilentTill,
  seen: readonly Seen[],
  moves: readonly { readonly deviceId: DeviceId; readonly at: number; readonly kind: string; readonly delta: number }[],
  now: number,
): SilentShare[] {
  if (silentMs === null) return [];
  const sold = moves.filter(({ deviceId, kind }) => deviceId === device && (kind === 'sale' || kind === 'refund'));
  const active = seen.flatMap(({ deviceId, entry }) => (deviceId === device ? [entry.at] : []));
  const usual = usuallySold(sold, active, { silentSince: now - silentMs, now, days: USUAL_DAYS });
  const units = Math.round(usual);
  return units > 0 ? [{ device, till, silentMs, units }] : [];
}

/** Each entry that counts and was written since, once: a late one and its release are the same. */
async function readSeen({ shelves, journal }: HistoryDeps, from: number): Promise<readonly Seen[]> {
  const rows = journal.index.after(0).filter(({ at }) => at >= from);
  const own = await journal.read(rows[0]?.seq ?? 1, rows.at(-1)?.seq ?? 0);
  const once = new Map<string, Seen>();
  for await (const page of arrivalsSince(shelves.branchJournal, from)) {
    for (const seen of page.flatMap(countedIn)) once.set(`${seen.entry.id} ${seen.entry.hash}`, seen);
  }
  for (const entry of own) once.set(`${entry.id} ${entry.hash}`, { deviceId: entry.deviceId, entry });
  return [...once.values()];
}

function countedIn({ deviceId, verdict, entry }: BranchEntry): Seen[] {
  if (verdict !== 'accepted' || !entry) return [];
  const read = entry as unknown as Entry;
  if (read.kind !== 'release') return [{ deviceId, entry: read as DeviceEntry }];
  const released = readDeviceEntry(read.body.readable);
  return released.ok ? [{ deviceId: released.value.deviceId, entry: released.value }] : [];
}
