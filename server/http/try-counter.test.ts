import { expect, test } from 'vitest';
import { ENROL_TRIES_MAX } from '../../schema/limits.ts';
import { createTryCounter, TRY_AGAIN_MS } from './try-counter.ts';

const HOUR_MS = 60 * 60 * 1000;

test('[ENR10] [F7] a clock set back locks nobody out: tries come back by the time that passes from there on', () => {
  let now = 5 * HOUR_MS;
  const tries = createTryCounter(() => now);
  tries.countWrong('shop');
  now -= 3 * HOUR_MS;
  expect(tries.waitMs('shop')).toBe(0);
  for (let n = 1; n < ENROL_TRIES_MAX; n += 1) tries.countWrong('shop');
  expect(tries.waitMs('shop')).toBe(TRY_AGAIN_MS);
  now -= HOUR_MS;
  expect(tries.waitMs('shop')).toBe(TRY_AGAIN_MS);
  now += TRY_AGAIN_MS;
  expect(tries.waitMs('shop')).toBe(0);
});

test('[ENR10] whoever guesses has a few wrong tries, and waits half a minute for each further one', () => {
  let now = 0;
  const tries = createTryCounter(() => now);
  for (let n = 0; n < ENROL_TRIES_MAX; n += 1) tries.countWrong('guesser');
  expect([tries.waitMs('guesser'), tries.waitMs('other')]).toEqual([TRY_AGAIN_MS, 0]);
  now += TRY_AGAIN_MS;
  tries.countWrong('guesser');
  expect(tries.waitMs('guesser')).toBe(TRY_AGAIN_MS);
});
