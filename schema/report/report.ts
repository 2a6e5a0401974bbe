import type { Contribution, Dimension } from './contributions.ts';
import { addMeasures, type Measures } from './measures.ts';
import { readSoldKey } from './product-key.ts';
import { type DaySpan, daysIn } from './report-day.ts';

/**
 * What a report may be asked by. `day` and `month` are the whole branch's figures over time, `hour` those of each hour of the day, `branch` those of
 * each branch.
 */
export const REPORTS_BY = [
  'day',
  'month',
  'hour',
  'product',
  'category',
  'till',
  'cashier',
  'tender',
  'tax',
  'drawer',
  'branch',
] as const;
export type ReportBy = (typeof REPORTS_BY)[number];

/** The days of one report: ten years and a few. One point a day, or one row per product and day, is read for a bit more than a year. */
export const REPORT_DAYS_MAX = 3_700;
export const REPORT_FINE_DAYS_MAX = 400;
const FINE: ReadonlySet<ReportBy> = new Set(['day', 'product']);

/**
 * One row of a report. `costOfSales` is what the goods cost of which that is known, `uncosted` what the others brought without tax: the margin is
 * what is left of all without tax less both.
 */
export interface ReportRow extends Measures {
  readonly key: string;
  readonly costOfSales?: number | undefined;
  readonly uncosted?: number | undefined;
}

/** True where a span is one that a report can have. */
export function isReportSpan(span: DaySpan, by: ReportBy): boolean {
  const days = daysIn(span);
  return days >= 1 && days <= (FINE.has(by) ? REPORT_FINE_DAYS_MAX : REPORT_DAYS_MAX);
}

/** The dimension whose rows a report is made of. */
export function dimensionOf(by: ReportBy): Dimension {
  return by === 'day' || by === 'month' || by === 'branch' ? 'hour' : by;
}

/** The part of a daily sum's day or key that is a report's key; '' for a whole branch. */
export function reportKey(by: ReportBy, { day, key }: Pick<Contribution, 'day' | 'key'>): string {
  if (by === 'day') return day;
  if (by === 'branch') return '';
  if (by === 'product') return readSoldKey(key).product;
  return by === 'month' ? day.slice(0, 7) : key;
}

/** Rows of several parts of a span as those of the whole. */
export function addRows(rows: Iterable<ReportRow>): ReportRow[] {
  const sums = new Map<string, Measures>();
  for (const { key, ...measures } of rows) sums.set(key, addMeasures(sums.get(key) ?? {}, measures));
  return [...sums].map(([key, measures]) => ({ key, ...measures })).sort(byKey);
}

/** Adds up daily sums or contributions of the right dimension and days; rows by key. */
export function sumReport(rows: Iterable<Contribution>, by: ReportBy, { from, to }: DaySpan): ReportRow[] {
  const dimension = dimensionOf(by);
  const parts: ReportRow[] = [];
  for (const row of rows) {
    if (row.dimension !== dimension || row.day < from || row.day > to) continue;
    parts.push({ key: reportKey(by, row), ...row.measures });
  }
  return addRows(parts);
}

/** All rows together, under the key ''. */
export function totalOf(rows: readonly ReportRow[]): Measures {
  return rows.reduce<Measures>((sum, { key: _key, costOfSales: _cost, ...measures }) => addMeasures(sum, measures), {});
}

function byKey(left: ReportRow, right: ReportRow): number {
  return left.key < right.key ? -1 : Number(left.key > right.key);
}
