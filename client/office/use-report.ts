import type { BranchId } from '../../schema/ids.ts';
import type { ReportBy } from '../../schema/report/report.ts';
import { type DaySpan, spanBefore } from '../../schema/report/report-day.ts';
import type { Result } from '../../schema/result.ts';
import { useDevice } from '../app/contexts.ts';
import { useLive } from '../app/use-live.ts';
import { useLoaded } from '../app/use-loaded.ts';
import { useNow } from '../app/use-now.ts';
import type { Report, ReportFault, Reports } from '../device/reports.ts';
import { timeOf } from './report-period.ts';

/** What a person asks to see. */
export interface ReportWish {
  readonly span: DaySpan;
  /** Null: over time alone. */
  readonly by: ReportBy | null;
  readonly compares: boolean;
  /** Whose sales; undefined for the own branch's. */
  readonly branch: BranchId | undefined;
  /** With what goods cost. */
  readonly costs: boolean;
}

/** The reports of one wish: over time, and broken down; each with the same of the period before, where that is compared. */
export interface ShownReports {
  readonly wish: ReportWish;
  readonly time: Report;
  readonly timeBefore: Report | undefined;
  readonly table: Report;
  readonly tableBefore: Report | undefined;
}

/** Sales that arrive show within this time. */
const LOOK_MS = 10_000;

/** Reads reports anew when sales arrived, the connection changed, or `again` did; undefined before the first answer. */
export function useReports(wish: ReportWish, again: number): ShownReports | ReportFault | undefined {
  const { reports, office, sync } = useDevice();
  const { connection } = useLive(sync.status);
  useNow(LOOK_MS);
  const { span, by, compares, branch, costs } = wish;
  const asked = `${span.from} ${span.to} ${by} ${compares} ${branch} ${costs}`;
  // The version is looked at, not followed: a report is not asked for at every sale.
  return useLoaded(() => read(reports, wish), `${asked} ${connection === 'online'} ${office.version.get()} ${again}`);
}

/** All at once: on a line that hangs they are given up together. */
async function read(reports: Reports, { span, ...wish }: ReportWish): Promise<ShownReports | ReportFault> {
  const { compares, branch, costs } = wish;
  const over = timeOf(span);
  const by = wish.by ?? over;
  const ask = async (what: ReportBy, days: DaySpan | null) =>
    days && reports.report(what, days, { branch, costs: costs && what === by });
  const before = compares ? spanBefore(span) : null;
  const both = async (days: DaySpan | null) => {
    const [time, table] = await Promise.all([ask(over, days), by === over ? undefined : ask(by, days)]);
    return { time, table: by === over ? time : table };
  };
  const [now, then] = await Promise.all([both(span), both(before)]);
  if (!now.time?.ok) return now.time?.error ?? 'bad-span';
  if (!now.table?.ok) return now.table?.error ?? 'bad-span';
  const given = (answer: Result<Report, ReportFault> | null | undefined) => (answer?.ok ? answer.value : undefined);
  return {
    ...{ wish: { ...wish, span }, time: now.time.value, table: now.table.value },
    ...{ timeBefore: given(then.time), tableBefore: given(then.table) },
  };
}
