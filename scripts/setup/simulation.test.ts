import { expect, test } from 'vitest';
import { countPlants, countSeeds } from './simulation.mjs';

test('[SETUP4] each seed counts, and a seed that broke two rules fails once', () => {
  const violations = [
    { seed: 3, rule: 'I1', text: 'x' },
    { seed: 3, rule: 'I2', text: 'y' },
  ];
  const line = JSON.stringify({ seeds: 10, from: 1, faults: {}, violations });
  expect(countSeeds(`seed 3: I1: x\n${line}\n`)).toEqual({
    passed: 9,
    failed: 1,
    failures: ['seed 3: I1: x', 'seed 3: I2: y'],
  });
  expect(countSeeds('it fell over')).toMatchObject({ passed: 0, failed: 1 });
});

test('[SETUP4] a plant that another rule caught has failed', () => {
  const line = (rule: string, caughtBy: string | null) => JSON.stringify({ plant: 'p', rule, caughtBy });
  expect(countPlants([line('I1', 'I1'), line('I2', 'I1'), line('I3', null)].join('\n'))).toEqual({
    passed: 1,
    failed: 2,
    failures: ['plant p: to be caught by I2, was by I1', 'plant p: to be caught by I3, was by nothing'],
  });
});
