import { PLANT_SEEDS_MAX, type SimulateArguments } from './arguments.ts';
import type { Plant } from './plant.ts';
import { PLANTS } from './plants.ts';
import { createSummary, playSeeds } from './play-seeds.ts';

type Say = (text: string) => void;

/** How a plant was met. */
export interface PlantOutcome {
  readonly plant: string;
  readonly rule: string;
  /** The seed that caught it; null when none did. */
  readonly seed: number | null;
  /** The rule that caught it first; the plant's own, or it was missed. */
  readonly caughtBy: string | null;
  readonly seeds: number;
}

/** Plants a bug, or all of them one after another, and demands that its own rule is the first to break. Gives the exit status. */
export async function provePlants(name: string, asked: SimulateArguments, say: Say, print: Say): Promise<number> {
  const plants = name === 'all' ? PLANTS : PLANTS.filter((plant) => plant.name === name);
  if (plants.length === 0) {
    say(`There is no plant named ${name}; --plants lists them.`);
    return 1;
  }
  let missed = 0;
  for (const plant of plants) {
    const outcome = await provePlant(plant, asked);
    const caught = outcome.caughtBy === plant.rule;
    if (!caught) missed += 1;
    const where =
      outcome.caughtBy === null
        ? `not caught in ${outcome.seeds} seeds`
        : `${outcome.caughtBy} at seed ${outcome.seed}`;
    say(`${caught ? 'caught' : 'MISSED'} ${plant.name} (${plant.rule}): ${where}${caught ? '' : `: ${outcome.text}`}`);
    print(JSON.stringify(outcome));
  }
  return missed === 0 ? 0 : 1;
}

async function provePlant(
  plant: Plant,
  asked: Pick<SimulateArguments, 'from' | 'seeds'>,
): Promise<PlantOutcome & { readonly text: string }> {
  const from = asked.from > 1 ? asked.from : (plant.from ?? 1);
  const total = createSummary(from);
  const wanted = { from, seeds: Math.min(asked.seeds, PLANT_SEEDS_MAX), plant: plant.name };
  await playSeeds(wanted, (outcome) => {
    total.add(outcome);
    return outcome.violation === null;
  });
  const summary = total.summary();
  const first = summary.violations
    .filter(({ rule }) => rule !== 'faults')
    .sort((left, right) => left.seed - right.seed)[0];
  return {
    ...{ plant: plant.name, rule: plant.rule, seed: first?.seed ?? null, caughtBy: first?.rule ?? null },
    ...{
      seeds: summary.seeds,
      from,
      faults: summary.faults,
      violations: first ? [first] : [],
      text: first?.text ?? '',
    },
  };
}
