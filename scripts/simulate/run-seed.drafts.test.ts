import { expect, test } from 'vitest';
import { runSeed } from './run-seed.ts';
import type { Step } from './step.ts';

/** Schedules that once broke a rule of drafts, shrunk. */
const played = async (seed: number, steps: readonly (readonly [afterMs: number, deed: Step['deed']])[]) =>
  (
    await runSeed(
      seed,
      steps.map(([afterMs, deed]) => ({ afterMs, deed })),
    )
  ).violation;

test('[DRF22] a cart that was thrown away while a disk took nothing, and is served no more a month later, leaves once its till compared', async () => {
  const violation = await played(754, [
    [4_096, { do: 'clone', device: 59, lines: [[55, 1]] }],
    [440, { do: 'grow-old' }],
    [27_444, { do: 'hold', device: 49, which: 55, lines: [[7, 3]] }],
    [1_190, { do: 'device-full', device: 24, forMs: 4_919 }],
    [1_813, { do: 'throw-held', device: 3, which: 51, lines: [] }],
    [4_362, { do: 'edit', product: 35, price: 4_000 }],
  ]);
  expect(violation).toBeNull();
}, 120_000);
