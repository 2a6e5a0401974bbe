import type { SimulateArguments } from './arguments.ts';
import { FAULT_KINDS } from './fault-counts.ts';
import { createSummary, playSeeds, type SeedViolation } from './play-seeds.ts';
import { openPool } from './pool.ts';
import { playSeed, scheduleOf } from './run-seed.ts';
import { shrink } from './shrink.ts';
import { type Step, scheduleText } from './step.ts';

type Say = (text: string) => void;

/** How often it is said how far it is, in seeds. */
const SAY_EVERY = 250;
/** Over this many seeds, every kind of fault must have happened so often. */
const JUDGED_SEEDS = 5_000;
const FAULTS_MIN = 100;

/** Plays the seeds, says what happened, and shrinks the first schedule that breaks a rule. Gives the exit status. */
export async function simulate({ from, seeds }: SimulateArguments, say: Say, print: Say): Promise<number> {
  const total = createSummary(from);
  const begun = performance.now();
  let played = 0;
  await playSeeds({ from, seeds, plant: null }, (outcome) => {
    total.add(outcome);
    played += 1;
    if (outcome.violation) say(`seed ${outcome.seed}: ${outcome.violation.rule}: ${outcome.violation.text}`);
    if (played % SAY_EVERY === 0) say(`${played} seeds in ${Math.round((performance.now() - begun) / 1000)} s`);
    return true;
  });
  const summary = total.summary();
  const rare = seeds < JUDGED_SEEDS ? [] : FAULT_KINDS.filter((kind) => summary.faults[kind] < FAULTS_MIN);
  if (rare.length > 0) say(`Too rare over ${seeds} seeds: ${rare.join(', ')}`);
  say(`Median faults of a seed: ${JSON.stringify(total.medians())}`);
  const first = summary.violations.find(({ rule }) => rule !== 'faults');
  if (first) await explain(first, say);
  print(JSON.stringify(summary));
  return summary.violations.length === 0 && rare.length === 0 ? 0 : 1;
}

/** Says the shortest schedule found that breaks the same rule in the same world. */
async function explain({ seed, rule, text, longer }: SeedViolation, say: Say): Promise<void> {
  say(`\nSeed ${seed} breaks ${rule}: ${text}\nShrinking its schedule …`);
  const pool = openPool(null, 1);
  try {
    const run = (steps: readonly Step[]) => pool.play({ seed, steps });
    const steps = await shrink(scheduleOf(seed, longer), rule, run);
    const { violation, hash } = await run(steps);
    say(
      `${steps.length} steps are left:\n${scheduleText(steps)}\n${violation?.rule}: ${violation?.text} (trace ${hash})`,
    );
  } finally {
    pool.close();
  }
}

/** Says every event of a seed. */
export async function traceSeed(seed: number, say: Say): Promise<void> {
  const { violation, hash } = await playSeed(seed, say);
  say(`trace ${hash}, ${violation ? `${violation.rule}: ${violation.text}` : 'no rule broken'}`);
}
