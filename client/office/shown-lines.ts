import type { ReportBy, ReportRow } from '../../schema/report/report.ts';
import { spanBefore } from '../../schema/report/report-day.ts';
import type { Report } from '../device/reports.ts';
import { type LabelOf, linesOf, type ReportLine } from './report-lines.ts';
import { pointsOf, pointUnder, type TimeUnit } from './report-period.ts';

function isTime(by: ReportBy): by is TimeUnit {
  return by === 'hour' || by === 'day' || by === 'month';
}

/** The lines of a report and of the same of the period before. Over time every point is there, each beside the one that lies under it. */
export function shownLines(
  report: Report,
  before: Report | undefined,
  labelOf: LabelOf,
  detailOf?: LabelOf,
): readonly ReportLine[] {
  const { by } = report;
  if (!isTime(by)) return linesOf(report.rows, before?.rows, labelOf, detailOf);
  const moved = before?.rows.map((row) => ({ ...row, key: pointUnder(row.key, spanBefore(report), report, by) }));
  const points = pointsOf(
    report,
    [...report.rows, ...(moved ?? [])].map(({ key }) => key),
    by,
  );
  const at = (rows: readonly ReportRow[], key: string) => rows.find((row) => row.key === key) ?? { key };
  return points.map((key) => ({ label: labelOf(key), row: at(report.rows, key), before: moved && at(moved, key) }));
}
