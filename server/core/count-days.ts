import type { Entry } from '../../schema/entry/entry.ts';
import { readDeviceEntry } from '../../schema/entry/entry.ts';
import { type BranchId, COMPANY_SCOPE, type DeviceId, type Scope } from '../../schema/ids.ts';
import { REPORT_RULES } from '../../schema/report/contributions.ts';
import { zoneNamed } from '../../schema/report/report-day.ts';
import type { JournalChange, ReadTx } from '../store/store.ts';
import type { Core } from './core.ts';
import { workOnJournals } from './journal-work.ts';
import { RULES_KEY, ZONE_KEY } from './report-zone.ts';
import { targets } from './targets.ts';

/** Entries counted in one transaction: so many that most of a product's sales of a day are written once. Nobody is served yet. */
const PAGE = 5_000;

/** Where it stands up to which of a device's entries the daily sums do not count yet what an earlier version folded. */
export const toCountKey = (deviceId: DeviceId): string => `to count ${deviceId}`;

/**
 * Sets the zone in which the shop's days are counted, and counts what an earlier version folded. In another zone than before, or by other rules, all is counted
 * anew. Run at each start, before anything is folded; cut short, the next start goes on. Throws RangeError where there is no zone of that name.
 */
export async function countDays(core: Core, zone: string): Promise<void> {
  zoneNamed(zone);
  const scopes = (await core.store.read((tx) => tx.scopes())).filter((scope) => scope !== COMPANY_SCOPE);
  await setZone(core, scopes, zone);
  for (const scope of scopes) {
    const branch = scope as string as BranchId;
    for (const { deviceId } of await core.store.read((tx) => tx.devicesOfBranch(branch))) {
      while (await countPage(core, branch, deviceId));
    }
  }
}

/** The zone that the shop's days were counted in until now. */
export function zoneBefore(core: Core): Promise<string | undefined> {
  return core.store.read((tx) => tx.meta(ZONE_KEY));
}

async function setZone(core: Core, scopes: readonly Scope[], zone: string): Promise<void> {
  await core.store.write(scopes, async (tx) => {
    const rules = String(REPORT_RULES);
    if ((await tx.meta(ZONE_KEY)) === zone && (await tx.meta(RULES_KEY)) === rules) return;
    await tx.setMeta(ZONE_KEY, zone);
    await tx.setMeta(RULES_KEY, rules);
    // Nothing is counted yet, or it was in another zone or by other rules.
    for (const scope of scopes) {
      await tx.dropDailySums(scope);
      for (const { deviceId } of await tx.devicesOfBranch(scope as string as BranchId)) {
        const head = await tx.head(deviceId);
        if (head) await tx.setMeta(toCountKey(deviceId), String(head.seq));
      }
    }
  });
}

/** Counts the last ones that are not counted yet. False when none are left. */
function countPage(core: Core, branch: BranchId, deviceId: DeviceId): Promise<boolean> {
  return workOnJournals(core, branch, async (work) => {
    const last = Number((await work.tx.meta(toCountKey(deviceId))) ?? 0);
    if (last === 0) return false;
    const from = Math.max(1, last - PAGE + 1);
    for (const row of await work.tx.entriesFrom(deviceId, from, last - from + 1)) {
      const entry = row.entrySeq <= last ? await countedIn(work.tx, row) : null;
      if (entry) work.sums.count(entry);
    }
    await work.tx.setMeta(toCountKey(deviceId), String(from - 1));
    return from > 1;
  });
}

/** The entry that a folded row counts: itself, or what a release says it meant; none where another row counts it. */
async function countedIn(tx: ReadTx, { id, verdict, json }: JournalChange): Promise<Entry | null> {
  if (verdict !== 'accepted') return null;
  const entry = JSON.parse(json) as Entry;
  if (entry.kind !== 'release') {
    return (await tx.settledBy(targets.release(entry.id, entry.hash))) === undefined ? entry : null;
  }
  const read = readDeviceEntry(entry.body.readable);
  if (!read.ok) return null;
  return (await tx.settledBy(targets.release(read.value.id, read.value.hash))) === id ? read.value : null;
}
