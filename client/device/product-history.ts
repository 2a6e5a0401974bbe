import { type DeviceEntry, type Entry, type EntryKind, readDeviceEntry } from '../../schema/entry/entry.ts';
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

/** What moved or counted the product, and what tells which device was at work when. */
interface Move {
  readonly deviceId: DeviceId;
  readonly at: number;
  readonly kind: EntryKind;
  readonly delta: number;
}
interface Seen {
  readonly moves: readonly Move[];
  /** When devices that are silent now wrote something. */
  readonly activeAt: ReadonlyMap<DeviceId, readonly number[]>;
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
  const since = Math.min(from, silent.length === 0 ? from : now - 2 * USUAL_DAYS * DAY_MS);
  const seen = await readSeen(deps, product, { since, silent: new Set(silent.map(({ device }) => device.device)) });
  const levels = stockLevels(deps.stockBook.onHand(product), seen.moves, from, now);
  const isMark = ({ at, kind }: Move) => at > from && kind !== 'sale' && kind !== 'refund';
  return {
    levels: levels.length > LEVELS_MAX ? thinned(levels) : levels,
    marks: seen.moves.filter(isMark).map(({ at, kind, delta }) => ({ at, kind, units: delta })),
    silent: silent.flatMap((till) => silentShare(till, seen, now)),
    source: 'device',
  };
}

/** Every n-th, the last one always. */
function thinned<Point>(points: readonly Point[]): readonly Point[] {
  const step = Math.ceil(points.length / LEVELS_MAX);
  return points.filter((_, index) => index % step === 0 || index === points.length - 1);
}

function silentShare(
  { device: { device, till }, silentMs }: SilentTill,
  { moves, activeAt }: Seen,
  now: number,
): SilentShare[] {
  if (silentMs === null) return [];
  const sold = moves.filter(({ deviceId, kind }) => deviceId === device && (kind === 'sale' || kind === 'refund'));
  const usual = usuallySold(sold, activeAt.get(device) ?? [], { silentSince: now - silentMs, now, days: USUAL_DAYS });
  const units = Math.round(usual);
  return units > 0 ? [{ device, till, silentMs, units }] : [];
}

interface Wanted {
  readonly since: number;
  readonly silent: ReadonlySet<DeviceId>;
}

/** Each entry that counts and was written since, once: a late one and its release are the same. A page at a time, of which only what is asked for stays. */
async function readSeen({ shelves, journal }: HistoryDeps, product: ProductId, wanted: Wanted): Promise<Seen> {
  const [once, moves] = [new Set<string>(), [] as Move[]];
  const activeAt = new Map<DeviceId, number[]>([...wanted.silent].map((device) => [device, []]));
  const look = (deviceId: DeviceId, entry: DeviceEntry): void => {
    const name = `${entry.id} ${entry.hash}`;
    if (once.has(name)) return;
    once.add(name);
    activeAt.get(deviceId)?.push(entry.at);
    const move = moveOf(entry, product);
    if (move) moves.push({ ...move, deviceId });
  };
  const rows = journal.index.after(0).filter(({ at }) => at >= wanted.since);
  for (const entry of await journal.read(rows[0]?.seq ?? 1, rows.at(-1)?.seq ?? 0)) look(entry.deviceId, entry);
  for await (const page of arrivalsSince(shelves.branchJournal, wanted.since)) {
    for (const { deviceId, entry } of page.flatMap(countedIn)) look(deviceId, entry);
  }
  return { moves, activeAt };
}

function moveOf(entry: DeviceEntry, product: ProductId): Omit<Move, 'deviceId'> | null {
  if (!('lines' in entry.body) || !entry.body.lines.some(({ productId }) => productId === product)) return null;
  const effect = stockEffects(entry).find(({ productId }) => productId === product);
  if (!effect && entry.kind !== 'count') return null;
  return { at: entry.at, kind: entry.kind, delta: effect ? effect.in - effect.out : 0 };
}

function countedIn({ deviceId, verdict, entry }: BranchEntry): { deviceId: DeviceId; entry: DeviceEntry }[] {
  if (verdict !== 'accepted' || !entry) return [];
  const read = entry as unknown as Entry;
  if (read.kind !== 'release') return [{ deviceId, entry: read as DeviceEntry }];
  const released = readDeviceEntry(read.body.readable);
  return released.ok ? [{ deviceId: released.value.deviceId, entry: released.value }] : [];
}
