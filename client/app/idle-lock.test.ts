import { beforeEach, expect, test } from 'vitest';
import { createManualTimers, type ManualTimers } from '../sync/manual-timers.ts';
import { createIdleLock, type IdleLock } from './idle-lock.ts';

let timers: ManualTimers;
/** What a person's clock is ahead of the time that passes. */
let ahead = 0;
let busy = false;
let locked = 0;
let afterMs = 60_000;
let idle: IdleLock;

beforeEach(() => {
  [timers, ahead, busy, locked, afterMs] = [createManualTimers(), 0, false, 0, 60_000];
  const every = (ms: number, act: () => void) => {
    let stop = () => {};
    const again = () => {
      stop = timers.after(ms, () => {
        act();
        again();
      });
    };
    again();
    return () => stop();
  };
  const lock = () => {
    locked += 1;
  };
  const clock = { now: () => timers.now() + ahead, every };
  idle = createIdleLock({ clock, afterMs: () => afterMs, isBusy: () => busy, lock });
});

test('[PIN9] it locks when nobody touched it for so long, and each touch begins anew', () => {
  timers.pass(55_000);
  idle.touched();
  timers.pass(55_000);
  expect(locked).toBe(0);
  timers.pass(5_000);
  expect(locked).toBe(1);
});

test('[PIN9] never while somebody is in the middle of something; then as soon as that is over', () => {
  busy = true;
  timers.pass(600_000);
  expect(locked).toBe(0);
  busy = false;
  timers.pass(5_000);
  expect(locked).toBe(1);
});

test('[PIN9] a device that slept locks when it wakes, and a clock set back gives nobody more time', () => {
  ahead = 3_600_000;
  timers.pass(5_000);
  expect(locked).toBe(1);
  ahead = -86_400_000;
  idle.touched();
  ahead = -2 * 86_400_000;
  timers.pass(60_000);
  expect(locked).toBe(2);
});

test('[PIN9] a shop that wants no lock has none', () => {
  afterMs = 0;
  timers.pass(86_400_000);
  expect(locked).toBe(0);
  idle.stop();
  expect(timers.waiting()).toBe(0);
});
