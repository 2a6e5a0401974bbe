import type { SeedOutcome } from './run-seed.ts';
import type { Step } from './step.ts';

/** Runs of one shrinking; each takes as long as a seed. */
const RUNS_MAX = 200;

export type Run = (steps: readonly Step[]) => Promise<Pick<SeedOutcome, 'violation' | 'stepsDone'>>;

/**
 * Drops steps as long as the same rule still breaks (delta debugging, Zeller 2002): first what comes after, then in ever
 * smaller pieces. Time goes on as before: a dropped step leaves its pause.
 */
export async function shrink(steps: readonly Step[], rule: string, run: Run): Promise<readonly Step[]> {
  let runs = 0;
  const breaks = async (some: readonly Step[]): Promise<boolean> => {
    runs += 1;
    return (await run(some)).violation?.rule === rule;
  };
  const first = await run(steps);
  let left: readonly Step[] = steps.slice(0, first.stepsDone);
  if (!(await breaks(left))) left = steps;
  for (let piece = Math.ceil(left.length / 2); runs < RUNS_MAX; piece = Math.ceil(piece / 2)) {
    let dropped = false;
    for (let at = 0; at < left.length && runs < RUNS_MAX; ) {
      const without = withoutSteps(left, at, piece);
      if (without.length < left.length && (await breaks(without))) {
        left = without;
        dropped = true;
      } else at += piece;
    }
    if (piece === 1 && !dropped) break;
  }
  return left;
}

/** The steps without some of them; their pauses are added to the step behind. */
function withoutSteps(steps: readonly Step[], at: number, count: number): readonly Step[] {
  const pauseMs = steps.slice(at, at + count).reduce((sum, { afterMs }) => sum + afterMs, 0);
  const rest = steps.slice(at + count);
  const [next, ...others] = rest;
  return [...steps.slice(0, at), ...(next ? [{ ...next, afterMs: next.afterMs + pauseMs }, ...others] : [])];
}
