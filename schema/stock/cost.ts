/** Units of one product that came in at one cost per whole unit (`unitScale` smallest units), or at one that nobody wrote down. */
export interface CostLayer {
  readonly units: number;
  /** Minor units of money; null where it is not known. */
  readonly unitCost: number | null;
}

/**
 * What units on hand cost, first in first out: they are the last that came in (IAS 2, PSAK 14). `newestFirst` are the receipts of the
 * product. Units whose own cost is not known count at the next older one that is, or else at the oldest that is; null where none is
 * known. Nothing on hand, or less, is worth nothing.
 */
export function valueAtCost(onHand: number, unitScale: number, newestFirst: readonly CostLayer[]): number | null {
  const known = newestFirst.filter((layer) => layer.unitCost !== null);
  const oldest = known.at(-1)?.unitCost;
  if (onHand <= 0) return 0;
  if (oldest === undefined || oldest === null) return null;
  let [left, sum] = [onHand, 0n];
  for (const [index, { units, unitCost }] of newestFirst.entries()) {
    const taken = Math.min(left, units);
    const cost = unitCost ?? newestFirst.slice(index).find((layer) => layer.unitCost !== null)?.unitCost ?? oldest;
    sum += BigInt(taken) * BigInt(cost);
    left -= taken;
    if (left === 0) break;
  }
  sum += BigInt(left) * BigInt(oldest);
  return roundedQuotient(sum, BigInt(unitScale));
}

/** Half away from zero; costs and units are not negative. Throws RangeError on what no amount of money can be. */
function roundedQuotient(sum: bigint, scale: bigint): number {
  const value = Number((sum * 2n + scale) / (scale * 2n));
  if (!Number.isSafeInteger(value)) throw new RangeError('The value of the stock is too large.');
  return value;
}

/** What is earned on a unit, of its price; null without a price. In basis points (1 % = 100), rounded down; below 0 under cost. */
export function marginBasisPoints(price: number, unitCost: number): number | null {
  return price === 0 ? null : Math.floor(((price - unitCost) * 10_000) / price);
}
