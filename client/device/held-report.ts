import { type DeviceEntry, readDeviceEntry } from '../../schema/entry/entry.ts';
import { releaseShape } from '../../schema/entry/server-entry.ts';
import type { BranchEntry } from '../../schema/protocol/pull.ts';
import { contributionsOf } from '../../schema/report/contributions.ts';
import { type ReportBy, type ReportRow, sumReport } from '../../schema/report/report.ts';
import type { DaySpan, ZoneMinutes } from '../../schema/report/report-day.ts';
import type { Findings } from '../store/findings.ts';
import type { Journal } from '../store/journal.ts';
import type { Shelf } from '../store/shelf.ts';

export interface HeldReportDeps {
  readonly journal: Pick<Journal, 'index' | 'read'>;
  readonly shelves: { readonly branchJournal: Pick<Shelf<BranchEntry>, 'find'> };
  readonly findings: Pick<Findings, 'about'>;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** Arrivals read at once. */
const PAGE = 1_000;

/** Reports from what this device holds: its own entries, and those of the others that arrived on these days or later. */
export async function heldReport(
  deps: HeldReportDeps,
  by: ReportBy,
  span: DaySpan,
  zone: ZoneMinutes,
): Promise<ReportRow[]> {
  // A day more on either side: zones, and clocks that go a little before the server's.
  const since = Date.parse(`${span.from}T00:00:00Z`) - DAY_MS;
  const counted = new Map<string, DeviceEntry>();
  for (const entry of [...(await ownEntries(deps, since)), ...(await otherEntries(deps, since))]) {
    // An entry and its release say the same: it counts once.
    counted.set(`${entry.id} ${entry.hash}`, entry);
  }
  return sumReport(
    [...counted.values()].flatMap((entry) => contributionsOf(entry, zone)),
    by,
    span,
  );
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

async function otherEntries({ shelves }: HeldReportDeps, since: number): Promise<DeviceEntry[]> {
  const entries: DeviceEntry[] = [];
  for (let from = Math.max(0, since), seen = new Set<string>(); ; ) {
    const page = await shelves.branchJournal.find({
      where: { receivedAt: { $gte: from } },
      sort: ['receivedAt'],
      limit: PAGE,
    });
    const fresh = page.filter(({ id }) => !seen.has(id));
    entries.push(...fresh.flatMap((entry) => meantBy(entry) ?? []));
    if (page.length < PAGE) return entries;
    const last = page.at(-1)?.receivedAt ?? from;
    // So many of one arrival: nothing behind them could be reached otherwise.
    if (fresh.length === 0) from = last + 1;
    else {
      seen = new Set(page.filter(({ receivedAt }) => receivedAt === last).map(({ id }) => id));
      from = last;
    }
  }
}

/** What an arrived entry counts: itself, what a release says it meant, or nothing. */
function meantBy({ verdict, kind, entry }: BranchEntry): DeviceEntry | null {
  if (verdict !== 'accepted' || entry === undefined) return null;
  if (kind !== 'release') return entry as unknown as DeviceEntry;
  const release = releaseShape.safeParse(entry);
  const read = release.success ? readDeviceEntry(release.data.body.readable) : null;
  return read?.ok ? read.value : null;
}
