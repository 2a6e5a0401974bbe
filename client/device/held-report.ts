import { type DeviceEntry, readDeviceEntry } from '../../schema/entry/entry.ts';
import { releaseShape } from '../../schema/entry/server-entry.ts';
import type { BranchEntry } from '../../schema/protocol/pull.ts';
import { type Contribution, contributionsOf, type Dimension } from '../../schema/report/contributions.ts';
import { type GrowingMeasures, growMeasures } from '../../schema/report/measures.ts';
import { type ReportBy, type ReportRow, sumReport } from '../../schema/report/report.ts';
import type { DaySpan, ZoneMinutes } from '../../schema/report/report-day.ts';
import type { Findings } from '../store/findings.ts';
import type { Journal } from '../store/journal.ts';
import type { Shelf } from '../store/shelf.ts';
import { arrivalsSince } from './read-arrivals.ts';

export interface HeldReportDeps {
  readonly journal: Pick<Journal, 'index' | 'read'>;
  readonly shelves: { readonly branchJournal: Pick<Shelf<BranchEntry>, 'find' | 'onWritten' | 'onRemoved'> };
  readonly findings: Pick<Findings, 'about'>;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Dimensions that no report is made of without what goods cost, which the server alone says: most rows of a day. */
const BESIDE: ReadonlySet<Dimension> = new Set(['productMonth', 'seller', 'moved', 'transferred', 'undone']);

/** Gives the rows of a report. */
export type HeldReports = (by: ReportBy, span: DaySpan, zone: ZoneMinutes) => Promise<ReportRow[]>;

/**
 * Reports from what this device holds: its own entries, and those of the others that arrived on these days or later. What was read for one report serves
 * the next, at the same time or later, until something else is held.
 */
export function createHeldReports(deps: HeldReportDeps): HeldReports {
  const { branchJournal } = deps.shelves;
  let changes = 0;
  const changed = () => {
    changes += 1;
  };
  branchJournal.onWritten(changed);
  branchJournal.onRemoved(changed);
  let held: { readonly mark: string; readonly since: number; readonly zone: ZoneMinutes; readonly sums: Sums } | null =
    null;
  return async (by, span, zone) => {
    // A day more on either side: zones, and clocks that go a little before the server's.
    const since = Date.parse(`${span.from}T00:00:00Z`) - DAY_MS;
    const mark = `${changes} ${deps.journal.index.after(0).length} ${(await passedOver(deps)).size}`;
    if (held?.mark !== mark || held.zone !== zone || held.since > since) {
      held = { mark, since, zone, sums: readSums(deps, since, zone) };
      // A disk that failed is asked again.
      held.sums.catch(() => {
        held = null;
      });
    }
    return sumReport(await held.sums, by, span);
  };
}

type Sums = Promise<readonly Contribution[]>;

async function readSums(deps: HeldReportDeps, since: number, zone: ZoneMinutes): Sums {
  const counted = new Set<string>();
  const sums = new Map<string, Contribution & { readonly measures: GrowingMeasures }>();
  const count = (entry: DeviceEntry) => {
    const name = `${entry.id} ${entry.hash}`;
    // An entry and its release say the same: it counts once.
    if (counted.has(name)) return;
    counted.add(name);
    for (const row of contributionsOf(entry, zone)) {
      if (BESIDE.has(row.dimension)) continue;
      const place = `${row.dimension} ${row.day} ${row.key}`;
      const sum = sums.get(place);
      if (sum) growMeasures(sum.measures, row.measures);
      else sums.set(place, { ...row, measures: { ...row.measures } });
    }
  };
  for (const entry of await ownEntries(deps, since)) count(entry);
  // Page by page: the screen answers meanwhile.
  for await (const page of arrivalsSince(deps.shelves.branchJournal, since)) {
    for (const entry of page.flatMap((row) => meantBy(row) ?? [])) count(entry);
  }
  return [...sums.values()];
}

/** Own entries, but those that the server could not read or counts as a copy's. */
async function ownEntries(deps: HeldReportDeps, since: number): Promise<DeviceEntry[]> {
  const { journal } = deps;
  const rows = journal.index.after(0).filter(({ at, damaged }) => at >= since && !damaged);
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last) return [];
  const passed = await passedOver(deps);
  const whole = new Set(rows.map(({ seq }) => seq));
  const entries = await journal.read(first.seq, last.seq);
  return entries.filter(({ id, seq }) => whole.has(seq) && !passed.has(id));
}

/** Own entries that the server could not read, or counts as a copy's. */
async function passedOver({ findings }: HeldReportDeps): Promise<ReadonlySet<string>> {
  const found = [...(await findings.about('quarantined')), ...(await findings.about('forked'))];
  return new Set(found.map(({ about }) => about));
}

/** What an arrived entry counts: itself, what a release says it meant, or nothing. */
function meantBy({ verdict, kind, entry }: BranchEntry): DeviceEntry | null {
  if (verdict !== 'accepted' || entry === undefined) return null;
  if (kind !== 'release') return entry as unknown as DeviceEntry;
  const release = releaseShape.safeParse(entry);
  const read = release.success ? readDeviceEntry(release.data.body.readable) : null;
  return read?.ok ? read.value : null;
}
