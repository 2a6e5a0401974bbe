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

/** Entries counted in one transaction: a few hundredths of a second, then sales have their turn. */
const PAGE = 200;

/** Where it stands up to which of a device's entries the daily sums do not count yet what an earlier version folded. */
export const toCountKey = (deviceId: DeviceId): string => `to count ${deviceId}`;

/** How many entries were to be counted when that began. */
const COUNT_OF_KEY = 'to count of';

/**
 * Sets the zone in which the shop's days are counted. In another zone than before, or by other rules, all sums go, and what was folded until now
 * is to be counted anew: {@link countRest} does. Run at each start, before anything is folded. Throws RangeError where there is no zone of that name.
 */
export async function setDays(core: Core, zone: string): Promise<void> {
  zoneNamed(zone);
  await setZone(core, await branchScopes(core), zone);
}

/**
 * Counts what an earlier version folded, a little at a time: while it lasts the shop sells, and reports say how far it is. Cut short, the next
 * start goes on.
 */
export async function countRest(core: Core, mayGoOn: () => boolean = () => true): Promise<void> {
  if ((await countedPercent(core)) === 100) return;
  for (const scope of await branchScopes(core)) {
    const branch = scope as string as BranchId;
    for (const { deviceId } of await core.store.read((tx) => tx.devicesOfBranch(branch))) {
      while (mayGoOn() && (await countPage(core, branch, deviceId))) {
        await new Promise<void>((resolve) => core.deps.after(0, resolve));
      }
    }
  }
}

/** Both at once, for those who serve nobody. */
export async function countDays(core: Core, zone: string): Promise<void> {
  await setDays(core, zone);
  await countRest(core);
}

/** How much of what an earlier version folded is counted by now, in whole percent; 100 where nothing is left. */
export async function countedPercent({ store }: Pick<Core, 'store'>): Promise<number> {
  return store.read(async (tx) => {
    const all = Number((await tx.meta(COUNT_OF_KEY)) ?? 0);
    let left = 0;
    for (const scope of await tx.scopes()) {
      for (const { deviceId } of await tx.devicesOfBranch(scope as string as BranchId)) {
        left += Number((await tx.meta(toCountKey(deviceId))) ?? 0);
      }
    }
    return left === 0 ? 100 : Math.max(0, Math.floor(100 * (1 - left / Math.max(all, left))));
  });
}

async function branchScopes({ store }: Core): Promise<readonly Scope[]> {
  return (await store.read((tx) => tx.scopes())).filter((scope) => scope !== COMPANY_SCOPE);
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
    await tx.dropDailySums();
    let all = 0;
    for (const scope of scopes) {
      for (const { deviceId } of await tx.devicesOfBranch(scope as string as BranchId)) {
        const head = await tx.head(deviceId);
        if (!head) continue;
        await tx.setMeta(toCountKey(deviceId), String(head.seq));
        all += head.seq;
      }
    }
    await tx.setMeta(COUNT_OF_KEY, String(all));
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
