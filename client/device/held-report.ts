import { type DeviceEntry, readDeviceEntry } from '../../schema/entry/entry.ts';
import { releaseShape } from '../../schema/entry/server-entry.ts';
import type { BranchEntry } from '../../schema/protocol/pull.ts';
import { contributionsOf } from '../../schema/report/contributions.ts';
import { addRows, type ReportBy, type ReportRow, sumReport } from '../../schema/report/report.ts';
import type { DaySpan, ZoneMinutes } from '../../schema/report/report-day.ts';
import type { Findings } from '../store/findings.ts';
import type { Journal } from '../store/journal.ts';
import type { Shelf } from '../store/shelf.ts';
import { arrivalsSince } from './read-arrivals.ts';

export interface HeldReportDeps {
  readonly journal: Pick<Journal, 'index' | 'read'>;
  readonly shelves: { readonly branchJournal: Pick<Shelf<BranchEntry>, 'find'> };
  readonly findings: Pick<Findings, 'about'>;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Reports from what this device holds: its own entries, and those of the others that arrived on these days or later. */
export async function heldReport(
  deps: HeldReportDeps,
  by: ReportBy,
  span: DaySpan,
  zone: ZoneMinutes,
): Promise<ReportRow[]> {
  // A day more on either side: zones, and clocks that go a little before the server's.
  const since = Date.parse(`${span.from}T00:00:00Z`) - DAY_MS;
  const counted = new Set<string>();
  const parts: ReportRow[] = [];
  const count = (entries: readonly DeviceEntry[]) => {
    // An entry and its release say the same: it counts once.
    const fresh = entries.filter(({ id, hash }) => !counted.has(`${id} ${hash}`));
    for (const { id, hash } of fresh) counted.add(`${id} ${hash}`);
    const rows = fresh.flatMap((entry) => contributionsOf(entry, zone));
    parts.push(...sumReport(rows, by, span));
  };
  count(await ownEntries(deps, since));
  // Page by page: the screen answers meanwhile.
  for await (const page of arrivalsSince(deps.shelves.branchJournal, since))
    count(page.flatMap((row) => meantBy(row) ?? []));
  return addRows(parts);
}

/** Own entries, but those that the server could not read or counts as a copy's. */
async function ownEntries({ journal, findings }: HeldReportDeps, since: number): Promise<DeviceEntry[]> {
  const rows = journal.index.after(0).filter(({ at, damaged }) => at >= since && !damaged);
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last) return [];
  const passed = new Set(
    [...(await findings.about('quarantined')), ...(await findings.about('forked'))].map(({ about }) => about),
  );
  const whole = new Set(rows.map(({ seq }) => seq));
  const entries = await journal.read(first.seq, last.seq);
  return entries.filter(({ id, seq }) => whole.has(seq) && !passed.has(id));
}

/** What an arrived entry counts: itself, what a release says it meant, or nothing. */
function meantBy({ verdict, kind, entry }: BranchEntry): DeviceEntry | null {
  if (verdict !== 'accepted' || entry === undefined) return null;
  if (kind !== 'release') return entry as unknown as DeviceEntry;
  const release = releaseShape.safeParse(entry);
  const read = release.success ? readDeviceEntry(release.data.body.readable) : null;
  return read?.ok ? read.value : null;
}
