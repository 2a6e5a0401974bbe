import { expect, test } from 'vitest';
import { type Run, shrink } from './shrink.ts';
import type { Step } from './step.ts';

const step = (offsetMs: number): Step => ({ afterMs: 10, deed: { do: 'server-clock', offsetMs } });

test('[SIM3] only the steps that the rule needs are left, and their pauses stay', async () => {
  const steps = Array.from({ length: 40 }, (_, index) => step(index));
  const offsets = (some: readonly Step[]) => some.map(({ deed }) => ('offsetMs' in deed ? deed.offsetMs : -1));
  const run: Run = async (some) => {
    const breaks = [7, 30].every((needed) => offsets(some).includes(needed));
    return { violation: breaks ? { rule: 'I1', text: '', at: 0 } : null, stepsDone: breaks ? 31 : some.length };
  };
  const left = await shrink(steps, 'I1', run);
  expect(offsets(left)).toEqual([7, 30]);
  expect(left.reduce((sum, { afterMs }) => sum + afterMs, 0)).toBe(310);
});

test('[SIM3] a step whose removal breaks another rule stays', async () => {
  const run: Run = async (some) => ({
    violation: { rule: some.length < 3 ? 'I2' : 'I1', text: '', at: 0 },
    stepsDone: some.length,
  });
  expect(await shrink([step(1), step(2), step(3), step(4)], 'I1', run)).toHaveLength(3);
});
