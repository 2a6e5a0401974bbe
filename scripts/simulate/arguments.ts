import { parseArgs } from 'node:util';

export interface SimulateArguments {
  readonly seeds: number;
  readonly from: number;
  readonly plant: string | null;
  /** Only list the plants. */
  readonly plants: boolean;
  /** Say every event of the first seed. */
  readonly trace: boolean;
}

export const SIMULATE_USAGE = `npm run simulate -- --seeds N [--from S] [--plant BUG] [--plants] [--trace]
  --seeds N     play N schedules (with --plant: at most N, until the bug is caught)
  --from S      begin with seed S (1)
  --plant BUG   plant a bug, and demand that the rule it breaks catches it; "all" tries every plant
  --plants      list the plants, each with its rule
  --trace       write every event of seed S to stderr`;

const SEEDS_MAX = 10_000_000;
/** A planted bug is caught within so many seeds. */
export const PLANT_SEEDS_MAX = 500;

/** Throws with what is wrong. */
export function readSimulateArguments(args: readonly string[]): SimulateArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seeds: { type: 'string' },
      from: { type: 'string', default: '1' },
      plant: { type: 'string' },
      plants: { type: 'boolean', default: false },
      trace: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const { plant = null, plants, trace } = values;
  const seeds = values.seeds === undefined && plant !== null ? PLANT_SEEDS_MAX : Number(values.seeds ?? 100);
  return { seeds: whole('seeds', seeds), from: whole('from', Number(values.from)), plant, plants, trace };
}

function whole(name: string, value: number): number {
  if (!Number.isInteger(value) || value < 1 || value > SEEDS_MAX)
    throw new Error(`--${name} is a whole number from 1 to ${SEEDS_MAX}.`);
  return value;
}
