import { enableCompileCache } from 'node:module';
import process from 'node:process';
import { installPlant } from './plant.ts';
import { PLANTS } from './plants.ts';
import type { SeedOutcome } from './run-seed.ts';
import type { Step } from './step.ts';

/** What a worker is asked: to play a seed, its own schedule or another. */
export interface SeedJob {
  readonly seed: number;
  readonly steps?: readonly Step[];
}

// Many workers are started, each of which loads all sources.
enableCompileCache();
const plant = PLANTS.find(({ name }) => name === process.argv[2]);
if (plant) installPlant(plant);
// Only now: the plant changes sources as they are loaded.
const { playSeed, runSeed } = await import('./run-seed.ts');

let stray: unknown;
process.on('unhandledRejection', (error) => {
  stray ??= error;
});

async function play({ seed, steps }: SeedJob): Promise<SeedOutcome> {
  stray = undefined;
  const outcome = await (steps ? runSeed(seed, steps) : playSeed(seed));
  if (stray === undefined || outcome.violation) return outcome;
  return { ...outcome, violation: { rule: 'unhandled', text: errorText(stray), at: 0 } };
}

function errorText(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

process.on('message', (job: SeedJob) => {
  play(job).then(
    (outcome) => process.send?.(outcome),
    (error: unknown) => process.send?.({ seed: job.seed, failed: errorText(error) }),
  );
});
process.send?.({ ready: true });
