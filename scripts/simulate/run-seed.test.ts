import { expect, test } from 'vitest';
import { kindsOf, playSeed, runSeed, scheduleOf } from './run-seed.ts';

/** A part of a schedule: enough to show that it is the same twice. */
const steps = (seed: number) => scheduleOf(seed).slice(0, 150);

test('[SIM1] the same seed and steps give the same events, another seed gives others', async () => {
  const first = await runSeed(7, steps(7));
  const again = await runSeed(7, steps(7));
  const other = await runSeed(8, steps(8));
  expect([again.hash, again.events, again.faults]).toEqual([first.hash, first.events, first.faults]);
  expect(other.hash).not.toBe(first.hash);
}, 120_000);

test('[SIM5] a shop with faults breaks no rule', async () => {
  const outcome = await runSeed(9, steps(9));
  expect(outcome.violation).toBeNull();
  expect(outcome.entries).toBeGreaterThan(0);
}, 120_000);

test('[SIM7] a seed with too few kinds of faults is played longer until it has enough, and begins as before', async () => {
  const { faults: few } = await runSeed(9);
  const enough = kindsOf(few) + 1;
  const { faults, longer, violation } = await playSeed(9, undefined, enough);
  expect(violation).toBeNull();
  expect(longer).toBeGreaterThan(0);
  expect(kindsOf(faults)).toBeGreaterThanOrEqual(enough);
  const [short, long] = [scheduleOf(9), scheduleOf(9, longer)];
  expect(long.slice(0, short.length)).toEqual(short);
}, 120_000);
