import { z } from 'zod';
import { branchIdShape } from '../ids.ts';
import { MEASURES, type Measure } from '../report/measures.ts';
import { isReportSpan, REPORTS_BY } from '../report/report.ts';

/** Rows of one answer: as many as a large catalogue has products. */
export const REPORT_ROWS_MAX = 50_000;

const dayShape = z.iso.date();

const asked = { by: z.enum(REPORTS_BY), from: dayShape, to: dayShape, branch: branchIdShape.optional() };

/**
 * `GET /api/v1/reports/sales?by=&from=&to=`, since version 3, of a device that may edit: the daily sums of its branch. Days are the shop's own, both
 * included. Since version 4: `by=branch`; `branch`, whose sums where it is another's; `costs=1`, what goods cost where that can be said.
 */
export const reportRequestShape = z.object({ ...asked, costs: z.literal('1').optional() });
export type ReportRequest = z.infer<typeof reportRequestShape>;

/** False for a span that ends before it begins, or is wider than this report is answered for. */
export function isAnswerable({ by, ...span }: Pick<ReportRequest, 'by' | 'from' | 'to'>): boolean {
  return isReportSpan(span, by);
}

const measures = Object.fromEntries(MEASURES.map((name) => [name, z.int().optional()])) as {
  [Name in Measure]: z.ZodOptional<z.ZodInt>;
};

/** Measures that are 0 are left out. */
export const reportRowShape = z.object({
  key: z.string(),
  ...measures,
  costOfSales: z.int().optional(),
  uncosted: z.int().optional(),
});

export const reportAnswerShape = z.object({
  ...asked,
  /** In which the days are counted, e.g. `Asia/Jakarta`. */
  zone: z.string(),
  /** By key. */
  rows: z.array(reportRowShape).max(REPORT_ROWS_MAX),
});
export type ReportAnswer = z.infer<typeof reportAnswerShape>;
