import type { DeviceEntry } from '../../schema/entry/entry.ts';
import type { BranchId } from '../../schema/ids.ts';
import type { ReportBy, ReportRow } from '../../schema/report/report.ts';
import type { DaySpan } from '../../schema/report/report-day.ts';
import type { Result } from '../../schema/result.ts';

/** Where a report's figures come from: the server's sums of all tills, or what this device holds of them. */
export type ReportSource =
  /** `counted`: how much of what was sold before the server's last upgrade is in it, in percent. */
  | { readonly kind: 'server'; readonly counted: number }
  /** `since`: the first day that was counted; `asOf`: when this device last heard everything, by its clock, null for never. */
  | { readonly kind: 'device'; readonly since: string; readonly asOf: number | null };

/** What a report is asked beside its days. */
export interface ReportMore {
  /** Whose sales, where another branch's are meant: the server alone knows them. */
  readonly branch?: BranchId | undefined;
  /** What goods cost too, as far as the server can say it of lines of that kind and so many days. */
  readonly costs?: boolean | undefined;
}

/** `elsewhere`: about other branches, of which the server was not reached, or does not tell this device. */
export type ReportFault = 'bad-span' | 'elsewhere';

/** Sales less refunds of the branch over some days, broken down one way. */
export interface Report extends DaySpan {
  readonly by: ReportBy;
  /** By key; what goods cost is known to the server alone. */
  readonly rows: readonly ReportRow[];
  readonly source: ReportSource;
}

/**
 * What proves an entry: sales, refunds and Z reports are signed one by one. `holds`: its device signed exactly this. `broken`: it says something else than was signed. `unsigned`: nobody signed
 * it. `unknown`: nothing here says which key is its device's.
 */
export type SignatureMark = 'holds' | 'broken' | 'unsigned' | 'unknown';

export interface Reports {
  /** The shop's day now, `2026-12-31`. */
  today(): string;
  /**
   * Asks the server; without an answer from it, counts what this device holds of the last days, by the same rules. Refuses a span that ends before
   * it begins or is wider than reports of its kind are.
   */
  report(by: ReportBy, span: DaySpan, more?: ReportMore): Promise<Result<Report, ReportFault>>;
  /** Checks an entry: its content against its hash, that against its device's signature, and the device against the shop's key. */
  checkSignature(signed: { readonly entry: DeviceEntry }): Promise<SignatureMark>;
}
