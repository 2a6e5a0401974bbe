/** What an entry did to one product: units in (above 0) or out (below 0). */
export interface StockMove<Id> {
  readonly id: Id;
  readonly delta: number;
}

/** An entry that left a product below nothing. */
export interface Taker<Id> {
  readonly id: Id;
  /** How much it took. */
  readonly units: number;
  /** The stock right after it. */
  readonly left: number;
}

export interface TookBelow<Id> {
  /** Newest first. */
  readonly takers: readonly Taker<Id>[];
  /** True when, undone from the newest back, the stock was at nothing or above again within these moves. */
  readonly isWhole: boolean;
}

/** Who took a product below nothing: its moves are undone from the newest back until there is stock again (STK15). */
export function tookBelow<Id>(onHand: number, newestFirst: Iterable<StockMove<Id>>): TookBelow<Id> {
  const takers: Taker<Id>[] = [];
  let level = onHand;
  for (const { id, delta } of newestFirst) {
    if (level >= 0) break;
    if (delta < 0) takers.push({ id, units: -delta, left: level });
    level -= delta;
  }
  return { takers, isWhole: level >= 0 };
}
