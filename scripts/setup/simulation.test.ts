import { expect, test } from 'vitest';
import { countPlants, countSeeds } from './simulation.mjs';

test('[SETUP4] each seed counts, and a seed that broke two rules fails once', () => {
  const line = JSON.stringify({ seeds: 10, from: 1, faults: {}, violations: [{ seed: 3 }, { seed: 3 }] });
  expect(countSeeds(`seed 3: I1: x\n${line}\n`)).toEqual({ passed: 9, failed: 1 });
  expect(countSeeds('it fell over')).toEqual({ passed: 0, failed: 1 });
});

test('[SETUP4] a plant that another rule caught has failed', () => {
  const line = (rule: string, caughtBy: string | null) => JSON.stringify({ plant: 'p', rule, caughtBy });
  expect(countPlants([line('I1', 'I1'), line('I2', 'I1'), line('I3', null)].join('\n'))).toEqual({
    passed: 1,
    failed: 2,
  });
});
