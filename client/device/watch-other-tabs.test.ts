import { expect, test } from 'vitest';
import { createManualTimers } from '../sync/manual-timers.ts';
import { LOOK_EVERY_MS, watchOtherTabs } from './watch-other-tabs.ts';

test('[TAB4] the active tab looks again and again for what another one wrote, also after a disk that failed', async () => {
  const timers = createManualTimers();
  let [looks, begun] = [0, 0];
  const catchUp = async () => {
    looks += 1;
    if (looks === 2) throw new Error('disk');
  };
  const begin = async () => {
    begun += 1;
  };
  const stop = watchOtherTabs({ journal: { catchUp }, log: { begin }, timers });
  for (const expected of [1, 2, 3]) {
    timers.pass(LOOK_EVERY_MS);
    expect(looks).toBe(expected);
    // The next look waits for this one.
    timers.pass(10 * LOOK_EVERY_MS);
    expect(looks).toBe(expected);
    await new Promise(setImmediate);
  }
  stop();
  expect([timers.waiting(), begun]).toEqual([0, 2]);
});

test('[TAB4] a tab that is taken over while it looks does not look again', async () => {
  const timers = createManualTimers();
  const { promise: found, resolve: find } = Promise.withResolvers<void>();
  const stop = watchOtherTabs({ journal: { catchUp: () => found }, log: undefined, timers });
  timers.pass(LOOK_EVERY_MS);
  stop();
  find();
  await new Promise(setImmediate);
  expect(timers.waiting()).toBe(0);
});
