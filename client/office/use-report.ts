import type { ReportBy } from '../../schema/report/report.ts';
import { type DaySpan, spanBefore } from '../../schema/report/report-day.ts';
import { useDevice } from '../app/contexts.ts';
import { useLive } from '../app/use-live.ts';
import { useLoaded } from '../app/use-loaded.ts';
import { useNow } from '../app/use-now.ts';
import type { Report, Reports } from '../device/reports.ts';
import { timeOf } from './report-period.ts';

/** What a person asks to see. */
export interface ReportWish {
  readonly span: DaySpan;
  /** Null: over time alone. */
  readonly by: ReportBy | null;
  readonly compares: boolean;
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
export function useReports(wish: ReportWish, again: number): ShownReports | 'bad-span' | undefined {
  const { reports, office, sync } = useDevice();
  const { connection } = useLive(sync.status);
  useNow(LOOK_MS);
  const { span, by, compares } = wish;
  const asked = `${span.from} ${span.to} ${by} ${compares}`;
  // The version is looked at, not followed: a report is not asked for at every sale.
  return useLoaded(() => read(reports, wish), `${asked} ${connection === 'online'} ${office.version.get()} ${again}`);
}

/** All at once: on a line that hangs they are given up together. */
async function read(reports: Reports, wish: ReportWish): Promise<ShownReports | 'bad-span'> {
  const { span, compares } = wish;
  const over = timeOf(span);
  const by = wish.by ?? over;
  const ask = async (what: ReportBy, days: DaySpan | null) => {
    const answer = days && (await reports.report(what, days));
    return answer?.ok ? answer.value : undefined;
  };
  const before = compares ? spanBefore(span) : null;
  const both = async (days: DaySpan | null) => {
    const [time, table] = await Promise.all([ask(over, days), by === over ? undefined : ask(by, days)]);
    return { time, table: by === over ? time : table };
  };
  const [now, then] = await Promise.all([both(span), both(before)]);
  if (!now.time || !now.table) return 'bad-span';
  return { wish, time: now.time, table: now.table, timeBefore: then.time, tableBefore: then.table };
}
