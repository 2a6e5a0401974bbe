import type { DeviceId, EntryId, PersonId, ProductId } from '../ids.ts';

/** What somebody counted of one product at one place. Quantities in smallest units. */
export interface CountedLine {
  readonly id: EntryId;
  readonly deviceId: DeviceId;
  readonly person: PersonId;
  /** The counting device's clock. */
  readonly at: number;
  readonly productId: ProductId;
  /** '' where a stocktake has one place only. */
  readonly place: string;
  readonly counted: number;
  /** On hand as the device saw it then: out of all entries up to `seen`, per device. */
  readonly expected: number;
  readonly seen: Readonly<Record<string, number>>;
}

/** What an entry did to one product. */
export interface StockMove {
  readonly id: EntryId;
  readonly deviceId: DeviceId;
  readonly seq: number;
  readonly at: number;
  readonly productId: ProductId;
  readonly delta: number;
  /** The stocktake that it corrects for; undefined for anything else. */
  readonly sheet: string | undefined;
}

/** What a stocktake says of one product. */
export interface CountResult {
  readonly productId: ProductId;
  /** The sum over places of what was counted last at each. */
  readonly counted: number;
  /** What the books said at the moment of the last of these counts, with all that is known today. */
  readonly expected: number;
  /** What is in `expected` and that device did not know yet: sales before the count that arrived after it. */
  readonly late: number;
  /** What is to be added to the stock now; 0 once it has been. */
  readonly correction: number;
  /** The counts that hold, one per place; and those that a later one at the same place replaced. */
  readonly counts: readonly CountedLine[];
  readonly replaced: readonly CountedLine[];
  /** Stock moved between the first and the last of several places: whether from a counted one nobody can know. */
  readonly unclear: boolean;
}

/**
 * What counts ask for. Each count is compared with the books **at its own moment**: with everything that happened before it by the devices'
 * clocks, whenever it arrived, and nothing that happened after. What this stocktake corrected before is taken off, so that the same is never
 * corrected twice, and a late sale asks for just what it changes.
 */
export function countResults(
  sheet: string,
  lines: readonly CountedLine[],
  moves: readonly StockMove[],
): readonly CountResult[] {
  const movesOf = Map.groupBy(moves, ({ productId }) => productId);
  return [...Map.groupBy(lines, ({ productId }) => productId)].map(([productId, own]) =>
    resultOf(sheet, productId, own, movesOf.get(productId) ?? []),
  );
}

function resultOf(
  sheet: string,
  productId: ProductId,
  lines: readonly CountedLine[],
  moves: readonly StockMove[],
): CountResult {
  const ordered = [...lines].sort(byTime);
  const counts = [...new Map(ordered.map((line) => [line.place, line])).values()].sort(byTime);
  const last = counts.at(-1) as CountedLine;
  const unseen = moves.filter((move) => !isSeen(last, move));
  const late = sumOf(moves.filter((move) => isLate(last, move)));
  const corrected = sumOf(unseen.filter((move) => move.sheet === sheet && move.at >= last.at));
  const counted = counts.reduce((sum, line) => sum + line.counted, 0);
  const expected = last.expected + late;
  return {
    ...{ productId, counted, expected, late, counts },
    correction: counted - expected - corrected,
    replaced: ordered.filter((line) => !counts.includes(line)),
    unclear: counts.some((line) => line.expected + sumOf(moves.filter((move) => isLate(line, move))) !== expected),
  };
}

/** What happened before a count, and the counting device did not know. */
function isLate(line: CountedLine, move: StockMove): boolean {
  return !isSeen(line, move) && move.at < line.at;
}

function isSeen({ seen }: CountedLine, { deviceId, seq }: StockMove): boolean {
  return seq <= (seen[deviceId] ?? 0);
}

function sumOf(moves: readonly StockMove[]): number {
  return moves.reduce((sum, { delta }) => sum + delta, 0);
}

/** By the devices' clocks; two of the same moment by id, so that every device has the same order. */
function byTime(left: CountedLine, right: CountedLine): number {
  return left.at - right.at || (left.id < right.id ? -1 : 1);
}
