import { branchScope } from '../../schema/ids.ts';
import { REPORT_ROWS_MAX, type ReportAnswer, type ReportRequest } from '../../schema/protocol/report.ts';
import { dimensionOf, withCosts } from '../../schema/report/report.ts';
import type { ReadTx, StoredDevice } from '../store/store.ts';
import type { Core } from './core.ts';
import { reportZoneName } from './report-zone.ts';

/** Before every purchase. */
const FIRST_DAY = '0000-01-01';

/** A report about the branch of the device that asks, from its daily sums alone: no entry is read. */
export function readReport(core: Core, device: StoredDevice, request: ReportRequest): Promise<ReportAnswer> {
  return core.store.read(async (tx) => {
    const { by, from, to } = request;
    const scope = branchScope(device.branch);
    const rows = await tx.sumDays({ scope, dimension: dimensionOf(by), by, from, to }, REPORT_ROWS_MAX);
    const costed = by === 'product' ? withCosts(rows, await boughtUntil(tx, device, to)) : rows;
    return { by, from, to, zone: await reportZoneName(tx), rows: costed.map((row) => ({ ...row })) };
  });
}

/** What was paid for goods until a day, by product. */
function boughtUntil(tx: ReadTx, { branch }: StoredDevice, to: string) {
  const span = { scope: branchScope(branch), dimension: 'received', by: 'product', from: FIRST_DAY, to } as const;
  return tx.sumDays(span, REPORT_ROWS_MAX);
}
