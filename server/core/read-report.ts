import { branchScope, type Scope } from '../../schema/ids.ts';
import { REPORT_ROWS_MAX, type ReportAnswer, type ReportRequest } from '../../schema/protocol/report.ts';
import { addRows, dimensionOf, type ReportRow, withCosts } from '../../schema/report/report.ts';
import { type DaySpan, splitByMonths } from '../../schema/report/report-day.ts';
import type { DailySumSpan, ReadTx, StoredDevice } from '../store/store.ts';
import type { Core } from './core.ts';
import { reportZoneName } from './report-zone.ts';

/** Before every purchase. */
const FIRST_DAY = '0000-01-01';

/** A report about the branch of the device that asks, from its daily sums alone: no entry is read. */
export function readReport(core: Core, device: StoredDevice, request: ReportRequest): Promise<ReportAnswer> {
  return core.store.read(async (tx) => {
    const { by, from, to } = request;
    const scope = branchScope(device.branch);
    const rows =
      by === 'product' ? await productRows(tx, scope, { from, to }) : await daysOf(tx, { scope, by, from, to });
    const costed = by === 'product' ? withCosts(rows, await boughtUntil(tx, device, to)) : rows;
    return { by, from, to, zone: await reportZoneName(tx), rows: costed.map((row) => ({ ...row })) };
  });
}

function daysOf(tx: ReadTx, span: Omit<DailySumSpan, 'dimension'>): Promise<readonly ReportRow[]> {
  return tx.sumDays({ ...span, dimension: dimensionOf(span.by) }, REPORT_ROWS_MAX);
}

/** Whole months are read as such: there are thirty times as many rows by the day. */
async function productRows(tx: ReadTx, scope: Scope, span: DaySpan): Promise<readonly ReportRow[]> {
  const { months, days } = splitByMonths(span);
  const parts = [];
  for (const part of days) parts.push(...(await daysOf(tx, { scope, by: 'product', ...part })));
  if (months)
    parts.push(...(await tx.sumDays({ scope, by: 'product', ...months, dimension: 'productMonth' }, REPORT_ROWS_MAX)));
  return addRows(parts);
}

/** What was paid for goods until a day, by product. */
function boughtUntil(tx: ReadTx, { branch }: StoredDevice, to: string) {
  const span = { scope: branchScope(branch), dimension: 'received', by: 'product', from: FIRST_DAY, to } as const;
  return tx.sumDays(span, REPORT_ROWS_MAX);
}
