import { expect, test } from 'vitest';
import { createIdleWork, type IdleTask } from './idle-work.ts';
import { createManualTimers } from './manual-timers.ts';
import { DEFAULT_SETTINGS, pullsInBackground } from './settings.ts';

const SETTINGS = { ...DEFAULT_SETTINGS, digestIntervalMs: 3_600_000, idleAfterMs: 60_000 };

const settle = async () => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

function createTrial(every: IdleTask['every'] = () => SETTINGS.digestIntervalMs) {
  const timers = createManualTimers();
  const state = { hour: 12, level: true, ran: 0, seen: [] as boolean[], settings: SETTINGS, failing: false };
  let end: (finished: boolean) => void = () => undefined;
  const task: IdleTask = {
    name: 'compare',
    every,
    run: async (mayGoOn) => {
      state.ran += 1;
      if (state.failing) throw new Error('disk');
      const finished = await new Promise<boolean>((resolve) => {
        end = resolve;
      });
      state.seen.push(mayGoOn());
      return finished;
    },
  };
  const idle = createIdleWork({
    timers,
    hour: () => state.hour,
    settings: () => state.settings,
    isLevel: () => state.level,
    tasks: [task],
    log: () => undefined,
  });
  idle.start();
  const pass = async (ms: number) => {
    timers.pass(ms);
    await settle();
  };
  const finish = async (finished = true) => {
    end(finished);
    await settle();
  };
  return { state, idle, pass, finish, timers };
}

test('[SYNC22] work is done when it is due and nobody sold for a while', async () => {
  const { state, pass, finish } = createTrial();
  await pass(3_600_000);
  expect(state.ran).toBe(0);
  await pass(60_000);
  await finish();
  expect([state.ran, state.seen]).toEqual([1, [true]]);
  await pass(3_600_000);
  expect(state.ran).toBe(2);
});

test('[SYNC22] each sale puts it off, and one that comes meanwhile cuts it short: it stays due', async () => {
  const { state, idle, pass, finish } = createTrial();
  await pass(3_600_000);
  for (let sale = 0; sale < 5; sale += 1) {
    await pass(59_000);
    idle.touched();
  }
  expect(state.ran).toBe(0);
  await pass(60_000);
  idle.touched();
  await finish(false);
  expect([state.ran, state.seen]).toEqual([1, [false]]);
  await pass(60_000);
  expect(state.ran).toBe(2);
});

test('[SYNC22] in peak hours, and while something waits, nothing is begun', async () => {
  const { state, pass } = createTrial();
  state.settings = { ...SETTINGS, peakHours: { from: 11, to: 14 } } as typeof SETTINGS;
  await pass(3_700_000);
  state.hour = 14;
  state.level = false;
  await pass(60_000);
  expect(state.ran).toBe(0);
  state.level = true;
  await pass(60_000);
  expect(state.ran).toBe(1);
});

test('[SYNC22] the nightly check is due once a night, over midnight too', async () => {
  const { state, pass, finish } = createTrial('nightly');
  state.settings = { ...SETTINGS, nightHours: { from: 23, to: 4 } } as typeof SETTINGS;
  await pass(3_600_000);
  expect(state.ran).toBe(0);
  for (const hour of [23, 0, 3]) {
    state.hour = hour;
    await pass(3_600_000);
    await finish();
  }
  expect(state.ran).toBe(1);
  state.hour = 12;
  await pass(3_600_000);
  state.hour = 23;
  await pass(3_600_000);
  expect(state.ran).toBe(2);
});

test('[SYNC22] [SYNC7] work that fails is told and waits for its next time; after a stop no timer is left', async () => {
  const { state, idle, pass, timers } = createTrial();
  state.failing = true;
  await pass(3_660_000);
  await pass(600_000);
  expect(state.ran).toBe(1);
  idle.stop();
  expect(timers.waiting()).toBe(0);
});

test('[SYNC22] in peak hours what comes live is enough; without a socket the background pull goes on', () => {
  const settings = { ...DEFAULT_SETTINGS, peakHours: { from: 22, to: 2 } };
  const pulls = [21, 22, 1, 2].map((hour) => pullsInBackground(settings, hour, true));
  expect(pulls).toEqual([true, false, false, true]);
  expect(pullsInBackground(settings, 23, false)).toBe(true);
  expect(pullsInBackground(DEFAULT_SETTINGS, 12, true)).toBe(true);
});
