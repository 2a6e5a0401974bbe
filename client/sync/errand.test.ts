import { expect, test } from 'vitest';
import { createErrand, ERRAND_TABLE, type Tried } from './errand.ts';
import { createManualTimers } from './manual-timers.ts';

const states = ['idle', 'busy', 'busy-again', 'waiting', 'throttled', 'stopped'] as const;
const events = ['ask', 'hurry', 'done', 'failed', 'throttle', 'due', 'stop'] as const;

/** Lets promises that are settled be heard. */
const settle = async () => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

/** An errand whose tries end when the test says so. */
function createTrial(chance = 0.5) {
  const timers = createManualTimers();
  const tries: ((tried: Tried) => void)[] = [];
  const random = { number: () => chance, bytes: (count: number) => new Uint8Array(count) };
  const errand = createErrand({ timers, random }, () => new Promise((resolve) => tries.push(resolve)));
  const end = async (tried: Tried) => {
    tries.at(-1)?.(tried);
    await settle();
  };
  return { timers, tries, errand, end };
}

test('[SYNC7] every event leads somewhere from every state, and nothing leads out of stopped', () => {
  for (const state of states) {
    for (const event of events) expect(states).toContain(ERRAND_TABLE[state][event]);
    expect(ERRAND_TABLE[state].stop).toBe('stopped');
  }
  expect(new Set(Object.values(ERRAND_TABLE.stopped))).toEqual(new Set(['stopped']));
});

test('[SYNC7] one try at a time, and once more when asked meanwhile, however often', async () => {
  const { errand, tries, end } = createTrial();
  errand.ask();
  errand.ask();
  errand.ask();
  expect(tries).toHaveLength(1);
  await end({ done: true });
  expect(tries).toHaveLength(2);
  await end({ done: true });
  expect(tries).toHaveLength(2);
});

test('[SYNC5] after failures the pauses grow, and it never gives up', async () => {
  const { errand, tries, end, timers } = createTrial();
  errand.ask();
  for (const pause of [500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000]) {
    const before = tries.length;
    await end({ done: false });
    timers.pass(pause - 1);
    expect(tries).toHaveLength(before);
    timers.pass(1);
    expect(tries).toHaveLength(before + 1);
  }
});

test('[SYNC5] a hurry tries at once and makes the pauses short again; an ask does not', async () => {
  const { errand, tries, end, timers } = createTrial();
  errand.ask();
  await end({ done: false });
  timers.pass(500);
  await end({ done: false });
  errand.ask();
  expect(tries).toHaveLength(2);
  errand.hurry();
  expect(tries).toHaveLength(3);
  await end({ done: false });
  timers.pass(500);
  expect(tries).toHaveLength(4);
});

test('[SYNC5] it waits as long as the server asks', async () => {
  const { errand, tries, end, timers } = createTrial();
  errand.ask();
  await end({ done: false, notBeforeMs: 60_000 });
  timers.pass(59_999);
  expect(tries).toHaveLength(1);
  timers.pass(1);
  expect(tries).toHaveLength(2);
});

test('[SYNC7] a stop resolves when no try is under way any more, and nothing begins after it', async () => {
  const { errand, tries, end, timers } = createTrial();
  errand.ask();
  let stopped = false;
  void errand.stop().then(() => {
    stopped = true;
  });
  await settle();
  expect(stopped).toBe(false);
  await end({ done: false });
  expect(stopped).toBe(true);
  errand.hurry();
  timers.pass(1_000_000);
  expect([tries.length, timers.waiting()]).toEqual([1, 0]);
});

test('[SYNC15] a pause that the server asks for is kept, whatever hurries; a stop ends it', async () => {
  const { errand, tries, end, timers } = createTrial();
  errand.ask();
  await end({ done: false, notBeforeMs: 9_000 });
  expect(errand.state()).toBe('throttled');
  errand.ask();
  errand.hurry();
  timers.pass(8_999);
  expect(tries).toHaveLength(1);
  timers.pass(1);
  expect([tries.length, errand.state()]).toEqual([2, 'busy']);
  await end({ done: false, notBeforeMs: 9_000 });
  void errand.stop();
  expect([errand.state(), timers.waiting()]).toEqual(['stopped', 0]);
});

test('[F3] fifty hurries and failures in a row: one try at a time, and no timer is left over', async () => {
  const { errand, tries, end, timers } = createTrial();
  for (let flap = 0; flap < 50; flap += 1) {
    errand.hurry();
    errand.hurry();
    expect(tries).toHaveLength(flap + 1);
    await end({ done: false });
    expect(timers.waiting()).toBe(1);
  }
  errand.hurry();
  await end({ done: true });
  expect([errand.state(), timers.waiting()]).toEqual(['idle', 0]);
});
