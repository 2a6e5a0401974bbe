/** What a row of a report counts. Money in the currency's minor unit; sales less refunds where nothing else is said. */
export const MEASURES = [
  /** Receipts: sales, and refunds. */
  'sales',
  'refunds',
  /** Smallest units that went out, less those that came back; and those that came back. Of `received` what came in. */
  'quantity',
  'returnedQuantity',
  /** With tax; and how much of it was given back. */
  'total',
  'returned',
  'tax',
  'discounts',
  'promotions',
  /** What cash rounding added or took. */
  'rounding',
  /** Lines that were taken out of a cart with somebody's leave, and their money. */
  'voids',
  'voided',
  /** Z reports, and what was counted more or less than should have been there. */
  'closes',
  'difference',
  /** Of `received`: unit cost times smallest units. */
  'cost',
] as const;
export type Measure = (typeof MEASURES)[number];
/** Measures that are 0 are left out. */
export type Measures = { readonly [Name in Measure]?: number | undefined };

/** Bits of a figure of one day: real money and goods are far below, and ten years of days still add up exactly in 64 bits. */
const BITS = 51;
const HALF = 2 ** (BITS - 1);

/** A figure that goes round to the other end instead of leaving its bits. */
export function figureOf(exact: bigint): number {
  return Number(BigInt.asIntN(BITS, exact));
}

/**
 * The sum of two figures. One beyond 2^50 goes round instead of being refused: sums stay the same in whatever order they are added up, and no
 * figure that a device makes up can stop an entry from being counted.
 */
export function addFigures(left: number, right: number): number {
  const sum = left + right;
  return sum >= -HALF && sum < HALF ? sum : figureOf(BigInt(left) + BigInt(right));
}

/** The product of two figures, the same way. */
export function multiplyFigures(left: number, right: number): number {
  const product = left * right;
  return product >= -HALF && product < HALF ? product : figureOf(BigInt(left) * BigInt(right));
}

/** A sum that grows in place. */
export type GrowingMeasures = { [Name in Measure]?: number | undefined };

/** Adds to a sum: the same as {@link addMeasures}, for those who add up very many. */
export function growMeasures(sum: GrowingMeasures, more: Measures): void {
  for (const name in more) {
    const measure = name as Measure;
    const figure = more[measure];
    if (figure) sum[measure] = addFigures(sum[measure] ?? 0, figure);
  }
}

/** Both together. */
export function addMeasures(left: Measures, right: Measures): Measures {
  const sum: { [Name in Measure]?: number | undefined } = { ...left };
  for (const name of MEASURES) {
    const more = right[name];
    if (more) sum[name] = addFigures(sum[name] ?? 0, more);
  }
  return sum;
}
