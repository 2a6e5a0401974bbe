import { z } from 'zod';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import { entryId } from '../../schema/ids.ts';
import { localMoment } from '../../schema/promotion-time.ts';
import type { DeviceIdentity, EnrolAnswer } from '../../schema/protocol/enrol.ts';
import { reportAnswerShape } from '../../schema/protocol/report.ts';
import { isReportSpan, type ReportBy } from '../../schema/report/report.ts';
import { addDays, type DaySpan, type ZoneMinutes, zoneNamed } from '../../schema/report/report-day.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import type { BranchJournal } from '../store/branch-journal.ts';
import type { CompanyBook } from '../store/company-book.ts';
import type { OwnEntry } from '../store/journal.ts';
import type { Http } from '../sync/http.ts';
import { windowDays } from '../sync/settings.ts';
import { checkSignature } from './check-signature.ts';
import type { SyncSettings, SyncStatus } from './device.ts';
import type { DeviceDeps } from './device-deps.ts';
import { createHeldReports, type HeldReportDeps, type HeldReports } from './held-report.ts';
import type { Live } from './live.ts';
import type { Report, ReportFault, ReportMore, Reports } from './reports.ts';
import { machineZone } from './shop-day.ts';

const percentShape = z.int().min(0).max(100);

export interface ReportsDeps extends HeldReportDeps {
  readonly world: Pick<DeviceDeps, 'clock' | 'zoneMinutes' | 'subtle'>;
  readonly identity: DeviceIdentity;
  readonly enrolment: Pick<EnrolAnswer, 'shopKey' | 'certificate'>;
  readonly http: Pick<Http, 'request'>;
  readonly settings: Live<SyncSettings>;
  readonly status: Live<SyncStatus>;
  readonly company: Pick<CompanyBook, 'devices'>;
  readonly branchJournal: Pick<BranchJournal, 'find'>;
}

/** The last days that a device counts by itself: more sales than a screen should wait for. */
export const HELD_DAYS_MAX = 31;

export function createReports(deps: ReportsDeps): Reports {
  const held = createHeldReports(deps);
  const own: ZoneMinutes = deps.world.zoneMinutes ?? machineZone;
  // The server says whose days it counts; until it did, and without it, they are this device's.
  let zone = own;
  const today = () => {
    const now = deps.world.clock();
    return localMoment(now, zone(now)).localDate;
  };
  return {
    today,
    report: async (by, span, more = {}): Promise<Result<Report, ReportFault>> => {
      if (!isReportSpan(span, by)) return fail('bad-span');
      const [answer, counted] = await Promise.all([askServer(deps, by, span, more), askCounted(deps)]);
      if (answer.ok) {
        zone = zoneOr(own, answer.value.zone);
        return ok({ by, ...span, rows: answer.value.rows, source: { kind: 'server', counted } });
      }
      if (answer.error === 'bad-span') return fail('bad-span');
      const isElsewhere = by === 'branch' || (more.branch !== undefined && more.branch !== deps.identity.branch);
      if (isElsewhere) return fail('elsewhere');
      return ok(await countHeld(deps, held, by, span, { zone, today: today() }));
    },
    checkSignature: ({ entry }) => checkEntry(deps, entry),
  };
}

async function askServer({ http }: ReportsDeps, by: ReportBy, { from, to }: DaySpan, { branch, costs }: ReportMore) {
  const asked = new URLSearchParams({ by, from, to, ...(branch ? { branch } : {}), ...(costs ? { costs: '1' } : {}) });
  const path = `/api/v1/reports/sales?${asked}`;
  const answer = await http.request('GET', path, undefined, reportAnswerShape);
  if (answer.ok) return answer;
  return fail(answer.error.kind === 'refused' && answer.error.code === 'bad-span' ? 'bad-span' : 'no-answer');
}

/** An older server knows no such address, and counts before it answers anybody. */
async function askCounted({ http }: ReportsDeps): Promise<number> {
  const answer = await http.request('GET', '/api/v1/reports/counting', undefined, percentShape);
  return answer.ok ? answer.value : 100;
}

function zoneOr(own: ZoneMinutes, name: string): ZoneMinutes {
  try {
    return zoneNamed(name);
  } catch {
    return own;
  }
}

async function countHeld(
  deps: ReportsDeps,
  held: HeldReports,
  by: ReportBy,
  span: DaySpan,
  { zone, today }: { readonly zone: ZoneMinutes; readonly today: string },
): Promise<Report> {
  const days = Math.min(HELD_DAYS_MAX, windowDays(deps.settings.get(), deps.identity.role));
  const first = addDays(today, 1 - days);
  const since = [span.from, first].sort()[1] as string;
  const rows = since > span.to ? [] : await held(by, { ...span, from: since }, zone);
  return { by, ...span, rows, source: { kind: 'device', since, asOf: deps.status.get().lastSyncAt } };
}

/** Own ones carry their signature; those of others came with it. */
async function checkEntry(deps: ReportsDeps, entry: DeviceEntry): ReturnType<Reports['checkSignature']> {
  const { world, identity, enrolment, company } = deps;
  const isOwn = entry.deviceId === identity.deviceId;
  const arrived = isOwn ? undefined : await arrivedAs(deps, entry);
  const signature = isOwn ? (entry as OwnEntry).signature : arrived?.signature;
  const known = company.devices.get().find(({ device }) => device === entry.deviceId)?.certificate;
  const certificate = isOwn ? enrolment.certificate : known;
  return checkSignature(world.subtle, enrolment.shopKey, { entry, signature, certificate });
}

/** A copied device's entries name the device they were copied from, and are filed under another. */
async function arrivedAs({ company, branchJournal }: ReportsDeps, { id, deviceId, seq, hash }: DeviceEntry) {
  const forks = company.devices.get().filter(({ forkOf }) => forkOf === deviceId);
  for (const place of [id, ...forks.map(({ device }) => entryId(device, seq))]) {
    const arrived = await branchJournal.find(place);
    if (arrived?.hash === hash) return arrived;
  }
  return undefined;
}
