import { type ObservedEntry, plannedContent } from './content.ts';
import type { PlannedEntry } from './plan.ts';

/** What one replica (a till, the manager's device, the database) holds when all is settled. */
export interface ReplicaReport {
  readonly replica: string;
  readonly entries: readonly ObservedEntry[];
  /** On hand by barcode; products that are missing here count as a mismatch. */
  readonly onHand: ReadonlyMap<string, number>;
  /** Rules found broken at this replica alone: a gap in receipts, a chain that does not hold. */
  readonly violations: readonly string[];
}

export interface Comparison {
  /** Planned entries missing on at least one replica. */
  readonly lost: number;
  /** Planned entries found twice or more on at least one replica. */
  readonly doubled: number;
  /** Pairs of replica and product whose stock is not the plain sum. */
  readonly stockMismatches: number;
  /** Everything that is wrong, each with replica and what it is about. */
  readonly violations: readonly string[];
}

/** Holds every replica against the plan and the plain stock sum. */
export function compareReplicas(
  plan: readonly PlannedEntry[],
  stock: ReadonlyMap<string, number>,
  reports: readonly ReplicaReport[],
): Comparison {
  const lost = new Set<string>();
  const doubled = new Set<string>();
  const violations: string[] = [];
  let stockMismatches = 0;
  for (const report of reports) {
    const copies = Map.groupBy(report.entries, (entry) => entry.key ?? '');
    for (const planned of plan)
      violations.push(...judgeEntry(planned, copies.get(planned.key) ?? [], report.replica, lost, doubled));
    violations.push(...unplanned(copies, plan, report.replica));
    const wrong = wrongStock(report, stock);
    stockMismatches += wrong.length;
    violations.push(...wrong, ...report.violations.map((text) => `${report.replica}: ${text}`));
  }
  return { lost: lost.size, doubled: doubled.size, stockMismatches, violations };
}

function judgeEntry(
  planned: PlannedEntry,
  copies: readonly ObservedEntry[],
  replica: string,
  lost: Set<string>,
  doubled: Set<string>,
): string[] {
  const name = `${planned.part} of invoice ${planned.invoice}`;
  if (copies.length === 0) {
    lost.add(planned.key);
    return [`${replica}: lost the ${name}`];
  }
  if (copies.length > 1) {
    doubled.add(planned.key);
    return [`${replica}: holds the ${name} ${copies.length} times (${copies.map(({ id }) => id).join(', ')})`];
  }
  return copies[0]?.content === plannedContent(planned)
    ? []
    : [`${replica}: the ${name} says something else (${copies[0]?.id})`];
}

function unplanned(
  copies: ReadonlyMap<string, readonly ObservedEntry[]>,
  plan: readonly PlannedEntry[],
  replica: string,
): string[] {
  const keys = new Set(plan.map(({ key }) => key));
  const strange = [...copies].filter(([key]) => !keys.has(key)).flatMap(([, entries]) => entries);
  return strange.map(({ id }) => `${replica}: holds ${id}, which nobody planned`);
}

function wrongStock(report: ReplicaReport, stock: ReadonlyMap<string, number>): string[] {
  return [...stock].flatMap(([barcode, expected]) => {
    const found = report.onHand.get(barcode);
    return found === expected
      ? []
      : [`${report.replica}: stock of ${barcode} is ${found ?? 'unknown'}, not ${expected}`];
  });
}
