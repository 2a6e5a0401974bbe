import { availableParallelism } from 'node:os';
import { FAULT_KINDS, type FaultCounts } from './fault-counts.ts';
import { openPool, type Pool } from './pool.ts';
import { FAULT_KINDS_MIN, kindsOf, type SeedOutcome } from './run-seed.ts';

/** A broken rule with the seed that breaks it. */
export interface SeedViolation {
  readonly seed: number;
  readonly rule: string;
  readonly text: string;
  readonly at: number;
  /** {@link SeedOutcome.longer} */
  readonly longer: number;
}

/** What came of many seeds. */
export interface Summary {
  readonly seeds: number;
  readonly from: number;
  readonly faults: FaultCounts;
  readonly violations: readonly SeedViolation[];
}

/** Plays seeds on all cores. `heard` gets each outcome; it says whether to go on. */
export async function playSeeds(
  { from, seeds, plant }: { readonly from: number; readonly seeds: number; readonly plant: string | null },
  heard: (outcome: SeedOutcome) => boolean,
  size = availableParallelism(),
): Promise<void> {
  const pool = openPool(plant, size);
  try {
    await playAll(pool, { from, seeds, atOnce: size }, heard);
  } finally {
    pool.close();
  }
}

async function playAll(
  pool: Pool,
  { from, seeds, atOnce }: { readonly from: number; readonly seeds: number; readonly atOnce: number },
  heard: (outcome: SeedOutcome) => boolean,
): Promise<void> {
  let [next, goOn] = [from, true];
  const play = async () => {
    while (goOn && next < from + seeds) {
      const seed = next;
      next += 1;
      const outcome = await pool.play({ seed }).catch((error: unknown) => fallen(seed, error));
      if (!heard(outcome)) goOn = false;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, play));
}

/** A seed that was not played to its end. */
function fallen(seed: number, error: unknown): SeedOutcome {
  const faults = Object.fromEntries(FAULT_KINDS.map((kind) => [kind, 0])) as FaultCounts;
  const violation = { rule: 'threw', text: error instanceof Error ? error.message : String(error), at: 0 };
  return { seed, faults, violation, hash: '', entries: 0, events: 0, stepsDone: 0, longer: 0 };
}

/** Adds outcomes up. A seed without faults proves nothing, so that is a violation too. */
export function createSummary(from: number) {
  const faults = Object.fromEntries(FAULT_KINDS.map((kind) => [kind, 0])) as Record<keyof FaultCounts, number>;
  const perSeed = FAULT_KINDS.map((): number[] => []);
  const violations: SeedViolation[] = [];
  let seeds = 0;
  return {
    add: ({ seed, faults: happened, violation, longer }: SeedOutcome) => {
      seeds += 1;
      for (const [index, kind] of FAULT_KINDS.entries()) {
        faults[kind] += happened[kind];
        perSeed[index]?.push(happened[kind]);
      }
      if (violation) violations.push({ seed, ...violation, longer });
      else if (kindsOf(happened) < FAULT_KINDS_MIN) violations.push({ seed, ...tooQuiet(happened), longer });
    },
    summary: (): Summary => ({ seeds, from, faults: { ...faults }, violations }),
    /** The middle count of each kind over all seeds. */
    medians: () => Object.fromEntries(FAULT_KINDS.map((kind, index) => [kind, medianOf(perSeed[index] ?? [])])),
  };
}

function tooQuiet(happened: FaultCounts) {
  return { rule: 'faults', text: `only ${kindsOf(happened)} kinds of faults happened`, at: 0 };
}

function medianOf(numbers: readonly number[]): number {
  return numbers.toSorted((left, right) => left - right)[numbers.length >> 1] ?? 0;
}
