import { REPORT_RULES } from '../../schema/report/contributions.ts';
import { type ZoneMinutes, zoneNamed } from '../../schema/report/report-day.ts';
import type { ReadTx } from '../store/store.ts';

/** Where the zone stands in which a shop's days are counted. */
export const ZONE_KEY = 'report zone';
/** By which rules the daily sums were counted. */
export const RULES_KEY = 'report rules';
/** These: entries are counted behind the transaction that folds them, up to a mark per device. */
export const COUNT_RULES = `${REPORT_RULES} behind`;
/** The same rules, counted with each push: a version that counts so, and knows of no marks, counts all anew when it finds the others. */
export const COUNT_RULES_BEFORE = String(REPORT_RULES);
/** Until somebody says where the shop is. */
const NO_ZONE = 'UTC';

/** The zone of the shop's days by name, e.g. `Asia/Jakarta`. */
export async function reportZoneName(tx: ReadTx): Promise<string> {
  return (await tx.meta(ZONE_KEY)) ?? NO_ZONE;
}

/** Zones by name: making one takes longer than counting a sale. */
const zones = new Map<string, ZoneMinutes>();

export async function reportZone(tx: ReadTx): Promise<ZoneMinutes> {
  const name = await reportZoneName(tx);
  const zone = zones.get(name) ?? zoneNamed(name);
  zones.set(name, zone);
  return zone;
}
