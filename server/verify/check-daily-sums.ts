import { type DeviceEntry, readDeviceEntry } from '../../schema/entry/entry.ts';
import { releaseShape } from '../../schema/entry/server-entry.ts';
import type { EntryId } from '../../schema/ids.ts';
import { type Contribution, contribute } from '../../schema/report/contributions.ts';
import { MEASURES, type Measures } from '../../schema/report/measures.ts';
import { type ZoneMinutes, zoneNamed } from '../../schema/report/report-day.ts';
import { countedKey } from '../core/count-behind.ts';
import { toCountKey } from '../core/count-days.ts';
import { createSums, sumName } from '../core/daily-sum-book.ts';
import { COUNT_RULES, COUNT_RULES_BEFORE, RULES_KEY, ZONE_KEY } from '../core/report-zone.ts';
import { targets } from '../core/targets.ts';
import { dailySumsOf } from '../store/sqlite/daily-sums.ts';
import { allDevices, type DeviceRow } from './device-rows.ts';
import { type EntryRow, entriesOf } from './entry-rows.ts';
import { type Look, parseText } from './look.ts';

/** Differences told per branch: they come of one cause. */
const TOLD_MAX = 20;

/** Counts all entries anew and compares with the daily sums of each branch. Nothing is compared where the next start
 * counts anew: a shop that never said its zone, or sums by other rules. */
export function checkDailySums(look: Look): void {
  const meta = look.database.prepare<[string], string>('SELECT value FROM meta WHERE key = ?').pluck();
  const zone = meta.get(ZONE_KEY);
  const rules = meta.get(RULES_KEY);
  if (zone === undefined || (rules !== COUNT_RULES && rules !== COUNT_RULES_BEFORE)) return;
  const devices = allDevices(look);
  for (const branch of new Set(devices.map((device) => device.branch))) {
    const counted = countBranch(
      look,
      devices.filter((device) => device.branch === branch),
      zoneNamed(zone),
    );
    let told = 0;
    for (const fault of differences(counted, dailySumsOf(look.database, branch))) {
      if (told < TOLD_MAX) look.findings.add('daily_sum', `${branch} ${fault.row}`, fault.what);
      told += 1;
    }
  }
}

function countBranch(look: Look, devices: readonly DeviceRow[], zone: ZoneMinutes): Map<string, Contribution> {
  const sums = createSums();
  const isCountedBy = look.database
    .prepare<[string], EntryId>('SELECT entry_id FROM settled_target WHERE target = ?')
    .pluck();
  const meta = look.database.prepare<[string], string>('SELECT value FROM meta WHERE key = ?').pluck();
  const isBehind = meta.get(RULES_KEY) === COUNT_RULES;
  for (const { deviceId, headSeq } of devices) {
    // What a new version has not counted yet is in no sum.
    const after = Number(meta.get(toCountKey(deviceId)) ?? 0);
    const last = isBehind ? Number(meta.get(countedKey(deviceId)) ?? 0) : (headSeq ?? 0);
    for (const row of entriesOf(look, deviceId, after + 1)) {
      if (row.verdict !== 'accepted' || row.seq > last) continue;
      const entry = countedEntry(row, (target) => isCountedBy.get(target));
      if (entry) contribute(entry, zone, sums.add);
    }
  }
  return new Map(sums.list().map((row) => [sumName(row), row]));
}

/** The entry that a row counts: itself, or what a release says it meant. Damaged ones are told where chains are checked. */
function countedEntry({ id, json }: EntryRow, settledBy: (target: string) => EntryId | undefined): DeviceEntry | null {
  const text = parseText(json);
  const entry = readDeviceEntry(text);
  const released = releaseShape.safeParse(text);
  const read = entry.ok || !released.success ? entry : readDeviceEntry(released.data.body.readable);
  if (!read.ok) return null;
  const by = settledBy(targets.release(read.value.id, read.value.hash));
  return (entry.ok ? by === undefined : by === id) ? read.value : null;
}

function* differences(counted: Map<string, Contribution>, kept: Iterable<Contribution>) {
  for (const row of kept) {
    const name = sumName(row);
    const sum = counted.get(name)?.measures ?? {};
    counted.delete(name);
    const wrong = MEASURES.filter((measure) => figureIn(sum, measure) !== figureIn(row.measures, measure));
    if (wrong.length > 0) yield { row: name, what: `${wrong.join(', ')}: not what the entries add up to` };
  }
  for (const [name, { measures }] of counted) {
    if (MEASURES.some((measure) => figureIn(measures, measure) !== 0)) yield { row: name, what: 'is missing' };
  }
}

function figureIn(measures: Measures, name: (typeof MEASURES)[number]): number {
  return measures[name] ?? 0;
}
