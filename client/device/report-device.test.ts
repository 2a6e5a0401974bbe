import { expect, test } from 'vitest';
import { ok } from '../../schema/result.ts';
import { createLive } from './live.ts';
import { LATER_MS, type OwnState, REPORT_MS, type ReportDeps, reportDevice } from './report-device.ts';

test('[CARE10] a device that is behind says a minute later whether it still is, and then as often as any other', async () => {
  const plans: { readonly ms: number; readonly run: () => void }[] = [];
  const lags: (number | null)[] = [3, 0, null];
  const said: unknown[] = [];
  const state = (lag: number | null): OwnState => ({
    ...{ person: null, waiting: 0, waitingSince: null, storage: null, requests: 0, failedRequests: 0, lag },
  });
  const deps = {
    http: {
      request: async (_method: string, _path: string, report: { readonly lag: number | null }) => {
        said.push(report.lag);
        return ok({ commands: [] });
      },
    },
    vault: { get: async () => [], put: async () => undefined },
    timers: {
      after: (ms: number, run: () => void) => {
        plans.push({ ms, run });
        return () => undefined;
      },
    },
    ...{ clock: () => 0, online: createLive(true), active: createLive(true), called: createLive(0) },
    ...{ read: async () => state(lags.shift() ?? null), act: async () => null, log: () => undefined },
  } as unknown as ReportDeps;
  const stop = reportDevice(deps);
  for (const ms of [LATER_MS, REPORT_MS, REPORT_MS]) {
    await new Promise((resolve) => setImmediate(resolve));
    expect(plans.at(-1)?.ms).toBe(ms);
    plans.at(-1)?.run();
  }
  stop();
  expect(said.slice(0, 3)).toEqual([3, 0, null]);
});
