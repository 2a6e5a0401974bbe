import { expect, test } from 'vitest';
import { chaosResult, violationsOf } from './chaos/outcome.ts';
import { runChaos } from './chaos/run-chaos.ts';

const RUN_MS_MAX = 240_000;

test('[F1] [F3] [F5] [I1] [I2] [I10] [PUSH4] a server killed in the middle of pushes loses nothing it acknowledged and doubles nothing', {
  timeout: RUN_MS_MAX,
}, async () => {
  const asked = { kills: 4, browserKills: 0, tills: 3, seed: 7, json: true };
  const outcome = await runChaos(asked, () => undefined);
  expect(violationsOf(outcome)).toEqual([]);
  const result = chaosResult(asked, outcome, 0);
  expect(result).toMatchObject({ kills: 4, inPush: 4, lost: 0, doubled: 0, stockMismatches: 0, violations: [] });
  expect(result.acknowledged).toBeGreaterThan(0);
});
