import { beforeEach, expect, test } from 'vitest';
import type { Clock } from './deps.ts';
import { createIdleLock, type IdleLock } from './idle-lock.ts';

/** Time that passes, and what a person's clock is ahead of it. */
let passedMs = 0;
let ahead = 0;
let busy = false;
let locked = 0;
let afterMs = 60_000;
let idle: IdleLock;
let look: { readonly everyMs: number; readonly act: () => void } | null = null;

beforeEach(() => {
  [passedMs, ahead, busy, locked, afterMs] = [0, 0, false, 0, 60_000];
  const clock: Clock = {
    now: () => passedMs + ahead,
    every: (everyMs, act) => {
      look = { everyMs, act };
      return () => {
        look = null;
      };
    },
  };
  const lock = () => {
    locked += 1;
  };
  idle = createIdleLock({ clock, afterMs: () => afterMs, isBusy: () => busy, lock });
});

function pass(ms: number): void {
  for (const until = passedMs + ms; look && passedMs < until; ) {
    passedMs += look.everyMs;
    look.act();
  }
}

test('[PIN9] it locks when nobody touched it for so long, and each touch begins anew', () => {
  pass(55_000);
  idle.touched();
  pass(55_000);
  expect(locked).toBe(0);
  pass(5_000);
  expect(locked).toBe(1);
});

test('[PIN9] never while somebody is in the middle of something; then as soon as that is over', () => {
  busy = true;
  pass(600_000);
  expect(locked).toBe(0);
  busy = false;
  pass(5_000);
  expect(locked).toBe(1);
});

test('[PIN9] a device that slept locks when it wakes, and a clock set back gives nobody more time', () => {
  ahead = 3_600_000;
  pass(5_000);
  expect(locked).toBe(1);
  ahead = -86_400_000;
  idle.touched();
  ahead = -2 * 86_400_000;
  pass(60_000);
  expect(locked).toBe(2);
});

test('[PIN9] a shop that wants no lock has none', () => {
  afterMs = 0;
  pass(86_400_000);
  expect(locked).toBe(0);
  idle.stop();
  expect(look).toBeNull();
});
