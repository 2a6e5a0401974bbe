import type { DeviceId } from '../ids.ts';
import type { OnHand } from './on-hand.ts';

/** What makes a stock, in the order in which people tell it. */
export const STOCK_CAUSES = [
  'opening',
  'received',
  'arrived',
  'returned',
  'sold',
  'adjusted',
  'wasted',
  'sent',
  'earlier',
] as const;
export type StockCause = (typeof STOCK_CAUSES)[number];

/** What one entry that is no sale and no refund did to the product, in smallest units. */
export interface CausedMove {
  readonly deviceId: DeviceId;
  readonly cause: Exclude<StockCause, 'sold' | 'returned' | 'earlier'>;
  readonly units: number;
}

/** One cause, and how much of it each device wrote; null for devices that are retired. */
export interface CauseSum {
  readonly cause: StockCause;
  readonly units: number;
  readonly parts: readonly { readonly deviceId: DeviceId | null; readonly units: number }[];
}

/**
 * A stock by what made it: Σ units is what is on hand (STK16). Counters tell what came in and went of each device; what no movement says of that was
 * sold, or came back by a refund. Of the base, and of a device of which movements say more than its counter, only the sum of both is told.
 * `isHeld` says of which devices all movements are at hand; null asks for those that are retired. What is unsaid of any other may also be older.
 */
export function stockCauses(
  explained: OnHand,
  moves: readonly CausedMove[],
  isHeld: (device: DeviceId | null) => boolean = () => true,
): readonly CauseSum[] {
  const movesOf = Map.groupBy(moves, ({ deviceId }) => deviceId);
  const sums = new Map<StockCause, Map<DeviceId | null, number>>();
  const add = (cause: StockCause, deviceId: DeviceId | null, units: number) => {
    const parts = sums.get(cause) ?? new Map<DeviceId | null, number>();
    sums.set(cause, parts.set(deviceId, (parts.get(deviceId) ?? 0) + units));
  };
  let rest = explained.base;
  for (const { deviceId, in: came, out } of explained.parts) {
    const own = movesOf.get(deviceId) ?? [];
    const [returned, sold] = [came - unitsOf(own, 1), out - unitsOf(own, -1)];
    if (!isHeld(deviceId)) {
      movesOf.delete(deviceId);
      for (const { cause, units } of own) add(cause, deviceId, units);
      add('earlier', deviceId, returned - sold);
    } else if (returned < 0 || sold < 0) rest += came - out;
    else {
      movesOf.delete(deviceId);
      for (const { cause, units } of own) add(cause, deviceId, units);
      add('returned', deviceId, returned);
      add('sold', deviceId, -sold);
    }
  }
  for (const { cause, units } of [...movesOf.values()].flat()) {
    add(cause, null, units);
    rest -= units;
  }
  const unsaid = rest < 0 ? 'sold' : 'returned';
  add(isHeld(null) ? unsaid : 'earlier', null, rest);
  return STOCK_CAUSES.flatMap((cause) => sumOf(cause, sums.get(cause) ?? new Map()));
}

/** What came in by these, or with -1 what went. */
function unitsOf(moves: readonly CausedMove[], sign: 1 | -1): number {
  return moves.reduce((sum, { units }) => sum + Math.max(0, sign * units), 0);
}

function sumOf(cause: StockCause, parts: ReadonlyMap<DeviceId | null, number>): CauseSum[] {
  const rows = [...parts].map(([deviceId, units]) => ({ deviceId, units })).filter(({ units }) => units !== 0);
  return rows.length === 0 ? [] : [{ cause, units: rows.reduce((sum, { units }) => sum + units, 0), parts: rows }];
}
