import { expect, test } from 'vitest';
import type { DeviceDoc } from '../../schema/company.ts';
import type { DeviceOverview, KeptReport } from '../../schema/protocol/device-care.ts';
import { CLOCK_MS_MAX, deviceAlerts, UNSYNCED_MS_MAX } from './device-alerts.ts';

const NOW = 1_000_000_000;
const device = (more: Partial<DeviceDoc> = {}) =>
  ({ device: 'a', till: 'K1', role: 'till', active: true, heardAt: NOW, ...more }) as DeviceDoc;
const report = (more: Partial<KeptReport> = {}) =>
  ({
    device: 'a',
    waiting: 0,
    clockErrorMs: 0,
    storage: null,
    requests: 100,
    failedRequests: 0,
    ...more,
  }) as KeptReport;
const whatIs = (
  of: DeviceDoc,
  said: Partial<KeptReport> | null,
  database: DeviceOverview['database'] = { bytes: 9, before: null },
) => {
  const reports = said ? [report(said)] : [];
  return deviceAlerts([of], { serverTime: NOW, reports, commands: [], database }).map(({ what }) => what);
};

test('[CARE8] a till that is well is no alert, and each trouble is one', () => {
  expect(whatIs(device(), {})).toEqual([]);
  expect(whatIs(device({ heardAt: NOW - UNSYNCED_MS_MAX }), {})).toEqual([]);
  expect(whatIs(device({ heardAt: NOW - UNSYNCED_MS_MAX - 1 }), null)).toEqual(['unsynced']);
  expect(whatIs(device(), { waiting: 51 })).toEqual(['waiting']);
  expect(whatIs(device(), { clockErrorMs: -CLOCK_MS_MAX - 1 })).toEqual(['clock']);
  expect(whatIs(device(), { storage: { used: 81, quota: 100 } })).toEqual(['storage']);
  expect(whatIs(device(), { failedRequests: 26 })).toEqual(['requests']);
  expect(whatIs(device(), { requests: 10, failedRequests: 9 })).toEqual([]);
});

test('[CARE8] what is no longer used, revoked or a manager’s own silence calls for nobody', () => {
  const silent = { heardAt: 0 };
  expect(whatIs(device({ ...silent, active: false }), { waiting: 99 })).toEqual([]);
  expect(whatIs(device({ ...silent, revokedAt: 5 }), {})).toEqual([]);
  expect(whatIs(device({ ...silent, role: 'manager' }), {})).toEqual([]);
});

test('[CARE8] a database that doubled within the month is told', () => {
  const before = { at: NOW - 5, bytes: 100 };
  expect(whatIs(device(), {}, { bytes: 199, before })).toEqual([]);
  expect(whatIs(device(), {}, { bytes: 200, before })).toEqual(['database']);
});
