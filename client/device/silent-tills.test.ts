import { expect, test } from 'vitest';
import type { DeviceDoc, SettingsDoc } from '../../schema/company.ts';
import type { DeviceId } from '../../schema/ids.ts';
import { createManualTimers } from '../sync/manual-timers.ts';
import { createServerClock } from '../sync/server-clock.ts';
import { createLive } from './live.ts';
import { watchSilentTills } from './silent-tills.ts';

const OWN = 'a'.repeat(16) as DeviceId;
const FIRST = 'b'.repeat(16) as DeviceId;
const SECOND = 'c'.repeat(16) as DeviceId;
const doc = (device: DeviceId, heardAt: number | null, more: Partial<DeviceDoc> = {}) =>
  ({ device, role: 'till', till: 'K', active: true, heardAt, ...more }) as DeviceDoc;

/** The server's clock is a million ahead of the device's. */
function createTrial(docs: readonly DeviceDoc[]) {
  const timers = createManualTimers();
  const serverClock = createServerClock(timers.now);
  serverClock.heard(1_000_000);
  const devices = createLive(docs);
  const presence = createLive<readonly DeviceId[]>([]);
  const state = { online: true };
  const settings = createLive<SettingsDoc | undefined>({ silentAfterMs: 60_000 } as SettingsDoc);
  const watch = watchSilentTills({
    timers,
    ownDevice: OWN,
    devices,
    settings,
    presence,
    online: () => state.online,
    serverClock,
  });
  const names = () => watch.silent.get().map(({ device, silentMs }) => [device.device, silentMs]);
  return { ...watch, timers, devices, presence, state, names };
}

test('[OFFICE1] a till is named once it was silent for too long, by the server’s clock, and no more when it is back', () => {
  const { names, timers, presence } = createTrial([doc(OWN, null), doc(FIRST, 990_000)]);
  expect(names()).toEqual([]);
  timers.pass(60_000);
  expect(names()).toEqual([[FIRST, 70_000]]);
  presence.set([FIRST]);
  expect(names()).toEqual([]);
});

test('[OFFICE1] a till that never spoke is named at once; managers, retired tills and the own one are not', () => {
  const { names } = createTrial([
    doc(OWN, 0),
    doc(FIRST, null),
    doc(SECOND, 0, { active: false }),
    doc(SECOND, 0, { role: 'manager' }),
  ]);
  expect(names()).toEqual([[FIRST, null]]);
});

test('[OFFICE1] offline, silence counts up to the server’s last word only', () => {
  const { names, timers, state } = createTrial([doc(FIRST, 990_000), doc(SECOND, 900_000)]);
  state.online = false;
  timers.pass(10_000_000);
  expect(names()).toEqual([[SECOND, 100_000]]);
});

test('[OFFICE1] after a stop nothing is looked at any more', () => {
  const { stop, timers } = createTrial([doc(FIRST, 1)]);
  stop();
  expect(timers.waiting()).toBe(0);
});
