import { expect, test } from 'vitest';
import { runSeed } from './run-seed.ts';
import type { Step } from './step.ts';

/** Schedules in which a tab takes over while a cart is being paid: the first of them once sold it twice, shrunk. */
const played = async (seed: number, steps: readonly (readonly [afterMs: number, deed: Step['deed']])[]) =>
  (
    await runSeed(
      seed,
      steps.map(([afterMs, deed]) => ({ afterMs, deed })),
    )
  ).violation;

test('[I14] [TAB3] a tab that takes over in the very moment in which a cart is paid does not sell it again', async () => {
  const violation = await played(2473, [
    [16_346, { do: 'long-offline', device: 47, sales: 8 }],
    [300, { do: 'poison', kind: 'surrogate', mendAfterMs: null, lines: [[6, 2]] }],
    [
      1_690,
      {
        do: 'second-tab',
        device: 23,
        freeze: false,
        lines: [
          [35, 1],
          [26, 3],
          [33, 2],
        ],
      },
    ],
  ]);
  expect(violation).toBeNull();
}, 120_000);

test('[I14] [F29] a tab that was frozen while a cart was being paid, and paid in another, does not sell it again', async () => {
  const violation = await played(2473, [
    [
      5_000,
      {
        do: 'second-tab',
        device: 0,
        freeze: true,
        lines: [
          [35, 1],
          [26, 3],
        ],
      },
    ],
    [
      10_000,
      {
        do: 'second-tab',
        device: 1,
        freeze: true,
        lines: [
          [35, 1],
          [26, 3],
        ],
      },
    ],
  ]);
  expect(violation).toBeNull();
}, 120_000);

test('[TAB4] [F29] what a tab wrote that slept while another took over is sent, though nobody does anything', async () => {
  const violation = await played(2601, [
    [17_232, { do: 'second-tab', device: 12, freeze: true, lines: [[15, 3]] }],
    [8_560, { do: 'wait' }],
  ]);
  expect(violation).toBeNull();
}, 120_000);
