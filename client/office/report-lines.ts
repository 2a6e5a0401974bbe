import { addMeasures, type Measure } from '../../schema/report/measures.ts';
import type { ReportRow } from '../../schema/report/report.ts';

/** One line of the table behind a chart. */
export interface ReportLine {
  /** What names it to a person. */
  readonly label: string;
  readonly row: ReportRow;
  /** The same of the period before; undefined where nothing is compared. */
  readonly before: ReportRow | undefined;
}

/** A figure of a line: a measure, or what follows from some. */
export type Column = Exclude<Measure, 'cost'> | 'net' | 'costOfSales' | 'uncosted' | 'margin' | 'share' | 'change';

export type LabelOf = (key: string) => string;

/**
 * Rows by their label: what two devices of one till sold is one line. `detailOf` tells apart what is called alike and is not one, e.g. two products of
 * one name.
 */
export function linesOf(
  rows: readonly ReportRow[],
  before: readonly ReportRow[] | undefined,
  labelOf: LabelOf,
  detailOf?: LabelOf,
): ReportLine[] {
  const keys = new Set([...rows, ...(before ?? [])].map(({ key }) => key));
  const alike = Map.groupBy(keys, labelOf);
  const nameOf: LabelOf = (key) => {
    const label = labelOf(key);
    return detailOf && (alike.get(label)?.length ?? 0) > 1 ? `${label} (${detailOf(key)})` : label;
  };
  const now = byLabel(rows, nameOf);
  const then = before && byLabel(before, nameOf);
  const labels = [...now.keys(), ...(then?.keys() ?? [])];
  return [...new Set(labels)].map((label) => ({
    label,
    row: now.get(label) ?? { key: then?.get(label)?.key ?? '' },
    before: then && (then.get(label) ?? { key: '' }),
  }));
}

function byLabel(rows: readonly ReportRow[], labelOf: LabelOf): Map<string, ReportRow> {
  const lines = new Map<string, ReportRow>();
  for (const row of rows) {
    const label = labelOf(row.key);
    const held = lines.get(label);
    lines.set(label, held ? { ...addMeasures(held, row), key: held.key, ...costsOfBoth(held, row) } : row);
  }
  return lines;
}

/** Where of one of them nothing is said of costs, not even that there are none, nobody knows those of both. */
function costsOfBoth(left: ReportRow, right: ReportRow): Pick<ReportRow, 'costOfSales' | 'uncosted'> {
  if (!saysCosts(left) || !saysCosts(right)) return { costOfSales: undefined, uncosted: undefined };
  const hasCost = left.costOfSales !== undefined || right.costOfSales !== undefined;
  return {
    costOfSales: hasCost ? (left.costOfSales ?? 0) + (right.costOfSales ?? 0) : undefined,
    uncosted: (left.uncosted ?? 0) + (right.uncosted ?? 0),
  };
}

function saysCosts({ costOfSales, uncosted }: ReportRow): boolean {
  return costOfSales !== undefined || uncosted !== undefined;
}

/** What goods whose cost is known brought without tax, and less their cost; null where none is. */
export function marginOf(row: ReportRow): { readonly net: number; readonly margin: number } | null {
  if (row.costOfSales === undefined) return null;
  const net = netOf(row) - (row.uncosted ?? 0);
  return { net, margin: net - row.costOfSales };
}

/** A line's figure; null where there is none, e.g. the margin of goods whose cost nobody entered. `whole` is the total of all lines. */
export function figureOf({ row, before }: ReportLine, column: Column, whole: number): number | null {
  const total = row.total ?? 0;
  switch (column) {
    case 'net':
      return netOf(row);
    case 'costOfSales':
      return row.costOfSales ?? null;
    case 'margin':
      return marginOf(row)?.margin ?? null;
    case 'share':
      return whole === 0 ? null : total / whole;
    case 'change':
      return before === undefined ? null : changeOf(total, before.total ?? 0);
    default:
      return row[column] ?? 0;
  }
}

/** Without tax. */
export function netOf({ total = 0, tax = 0 }: ReportRow): number {
  return total - tax;
}

/** By which share a figure grew; null where it grew from nothing. */
export function changeOf(now: number, before: number): number | null {
  return before === 0 ? null : (now - before) / Math.abs(before);
}

export interface Sorting {
  /** A column, or the label. */
  readonly by: Column | 'label';
  readonly descending: boolean;
}

/** Lines in the wished order; what has no figure comes last, equal ones by label. */
export function sortLines(lines: readonly ReportLine[], { by, descending }: Sorting, whole: number): ReportLine[] {
  const sign = descending ? -1 : 1;
  const byLabels = (left: ReportLine, right: ReportLine) => left.label.localeCompare(right.label);
  if (by === 'label') return lines.toSorted((left, right) => sign * byLabels(left, right));
  return lines.toSorted((left, right) => {
    const [one, other] = [figureOf(left, by, whole), figureOf(right, by, whole)];
    if (one === null || other === null) return Number(one === null) - Number(other === null) || byLabels(left, right);
    return sign * (one - other) || byLabels(left, right);
  });
}
