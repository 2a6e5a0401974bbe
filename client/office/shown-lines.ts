import type { ReportRow } from '../../schema/report/report.ts';
import { spanBefore } from '../../schema/report/report-day.ts';
import type { Report } from '../device/reports.ts';
import { linesOf, type ReportLine } from './report-lines.ts';
import { pointsOf, pointUnder } from './report-period.ts';

const OVER_TIME: ReadonlySet<string> = new Set(['hour', 'day', 'month']);

/** The lines of a report and of the same of the period before. Over time every point is there, each beside the one that lies under it. */
export function shownLines(
  report: Report,
  before: Report | undefined,
  labelOf: (key: string) => string,
): readonly ReportLine[] {
  if (!OVER_TIME.has(report.by)) return linesOf(report.rows, before?.rows, labelOf);
  const moved = before?.rows.map((row) => ({ ...row, key: pointUnder(row.key, spanBefore(report), report) }));
  const points = pointsOf(
    report,
    [...report.rows, ...(moved ?? [])].map(({ key }) => key),
  );
  const at = (rows: readonly ReportRow[], key: string) => rows.find((row) => row.key === key) ?? { key };
  return points.map((key) => ({ label: labelOf(key), row: at(report.rows, key), before: moved && at(moved, key) }));
}
