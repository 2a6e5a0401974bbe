import type { DeviceDoc } from '../../schema/company.ts';
import type { DeviceOverview, KeptReport } from '../../schema/protocol/device-care.ts';

const HOUR_MS = 60 * 60 * 1000;
/** A till that has not synced for so long is worth a look. */
export const UNSYNCED_MS_MAX = 6 * HOUR_MS;
/** As the till's own warning. */
const WAITING_MAX = 50;
/** A clock further off confuses people who compare receipts. */
export const CLOCK_MS_MAX = 2 * 60_000;
const STORAGE_SHARE_MAX = 0.8;
/** Fewer requests say nothing. */
const REQUESTS_MIN = 20;
const FAILED_SHARE_MAX = 0.25;
/** A database that doubled within the month grows faster than most disks are watched. */
const GROWTH_MAX = 2;

/** Something about a device, or the server, that a manager should look at. Lengths in milliseconds. */
export type DeviceAlert =
  | { readonly what: 'unsynced' | 'clock'; readonly till: string; readonly ms: number }
  | { readonly what: 'waiting'; readonly till: string; readonly count: number }
  | { readonly what: 'storage' | 'requests'; readonly till: string }
  | { readonly what: 'database'; readonly before: number; readonly now: number; readonly ms: number };

/** What is to be looked at, tills first in their order. `now` is the server's time. */
export function deviceAlerts(devices: readonly DeviceDoc[], overview: DeviceOverview): readonly DeviceAlert[] {
  const reports = new Map(overview.reports.map((report) => [report.device, report]));
  const used = devices.filter(({ active, revokedAt }) => active && revokedAt === undefined);
  const ofDevices = used.flatMap((device) => alertsOf(device, reports.get(device.device), overview.serverTime));
  return [...ofDevices, ...growth(overview)];
}

function alertsOf(device: DeviceDoc, report: KeptReport | undefined, now: number): DeviceAlert[] {
  const { till, heardAt, role } = device;
  const alerts: DeviceAlert[] = [];
  const silentMs = heardAt === null ? 0 : now - heardAt;
  if (role === 'till' && silentMs > UNSYNCED_MS_MAX) alerts.push({ what: 'unsynced', till, ms: silentMs });
  if (!report) return alerts;
  if (report.waiting > WAITING_MAX) alerts.push({ what: 'waiting', till, count: report.waiting });
  const offMs = Math.abs(report.clockErrorMs);
  if (offMs > CLOCK_MS_MAX) alerts.push({ what: 'clock', till, ms: offMs });
  const { storage, requests, failedRequests } = report;
  if (storage && storage.used > storage.quota * STORAGE_SHARE_MAX) alerts.push({ what: 'storage', till });
  if (requests >= REQUESTS_MIN && failedRequests > requests * FAILED_SHARE_MAX) alerts.push({ what: 'requests', till });
  return alerts;
}

function growth({ database: { bytes, before }, serverTime }: DeviceOverview): DeviceAlert[] {
  if (!before || bytes < before.bytes * GROWTH_MAX) return [];
  return [{ what: 'database', before: before.bytes, now: bytes, ms: serverTime - before.at }];
}
