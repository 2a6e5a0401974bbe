import type { ReportAnswer, ReportRequest } from '../../schema/protocol/report.ts';
import { REPORT_ROWS_MAX } from '../../schema/protocol/report.ts';
import type { StoredDevice } from '../store/store.ts';
import { boughtUntil } from './bought-until.ts';
import type { Core } from './core.ts';
import { reportZoneName } from './report-zone.ts';

/**
 * What a device's branch paid for each product until the last of these days, goods from other branches at what they had cost there (COST4). An answer
 * in the shape of a report: `cost` is money for a whole unit times `quantity`, which is in smallest units.
 */
export async function readCosts(
  core: Core,
  { branch }: Pick<StoredDevice, 'branch'>,
  { by, from, to }: Pick<ReportRequest, 'by' | 'from' | 'to'>,
): Promise<ReportAnswer> {
  const bought = await boughtUntil(core, branch, to);
  const rows = [...bought].flatMap(([key, { quantity, cost }]) => (quantity > 0 ? [{ key, quantity, cost }] : []));
  rows.sort((left, right) => (left.key < right.key ? -1 : 1));
  return { by, from, to, zone: await core.store.read(reportZoneName), rows: rows.slice(0, REPORT_ROWS_MAX) };
}
