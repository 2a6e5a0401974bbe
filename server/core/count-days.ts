import { type BranchId, branchScope, COMPANY_SCOPE, type DeviceId, type Scope } from '../../schema/ids.ts';
import { zoneNamed } from '../../schema/report/report-day.ts';
import type { WriteTx } from '../store/store.ts';
import type { Core } from './core.ts';
import { countBehind, countedKey } from './count-behind.ts';
import { countedIn } from './counted-in.ts';
import { createDailySumBook } from './daily-sum-book.ts';
import { COUNT_RULES, COUNT_RULES_BEFORE, RULES_KEY, reportZone, ZONE_KEY } from './report-zone.ts';

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

/** Both at once, and what was folded since, for those who serve nobody. */
export async function countDays(core: Core, zone: string): Promise<void> {
  await setDays(core, zone);
  await countRest(core);
  for (const scope of await branchScopes(core)) await countBehind(core, scope as string as BranchId);
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
    const before = (await tx.meta(ZONE_KEY)) === zone ? await tx.meta(RULES_KEY) : undefined;
    if (before === COUNT_RULES) return;
    await tx.setMeta(ZONE_KEY, zone);
    await tx.setMeta(RULES_KEY, COUNT_RULES);
    const heads = await headsOf(tx, scopes);
    for (const { deviceId, seq } of heads) await tx.setMeta(countedKey(deviceId), String(seq));
    // A version that counted with each push has counted up to all heads.
    if (before === COUNT_RULES_BEFORE) return;
    // Nothing is counted yet, or it was in another zone or by other rules.
    await tx.dropDailySums();
    for (const { deviceId, seq } of heads) await tx.setMeta(toCountKey(deviceId), String(seq));
    await tx.setMeta(COUNT_OF_KEY, String(heads.reduce((sum, { seq }) => sum + seq, 0)));
  });
}

async function headsOf(tx: WriteTx, scopes: readonly Scope[]) {
  const heads: { readonly deviceId: DeviceId; readonly seq: number }[] = [];
  for (const scope of scopes) {
    for (const { deviceId } of await tx.devicesOfBranch(scope as string as BranchId)) {
      const head = await tx.head(deviceId);
      if (head) heads.push({ deviceId, seq: head.seq });
    }
  }
  return heads;
}

/** Counts the last ones that are not counted yet. False when none are left. */
function countPage(core: Core, branch: BranchId, deviceId: DeviceId): Promise<boolean> {
  const scope = branchScope(branch);
  return core.store.write([scope], async (tx) => {
    const last = Number((await tx.meta(toCountKey(deviceId))) ?? 0);
    if (last === 0) return false;
    const sums = createDailySumBook(tx, { scope, zone: await reportZone(tx) });
    const from = Math.max(1, last - PAGE + 1);
    for (const row of await tx.entriesFrom(deviceId, from, last - from + 1)) {
      const entry = row.entrySeq <= last ? await countedIn(tx, row) : null;
      if (entry) sums.count(entry);
    }
    await sums.flush();
    await tx.setMeta(toCountKey(deviceId), String(from - 1));
    return from > 1;
  });
}
