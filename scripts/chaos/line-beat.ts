import type { Random } from '../replay/random.ts';
import type { FaultLine } from './fault-line.ts';
import { FAULT_MS, LINE_FAULTS } from './line-faults.ts';

/** How often it is asked whether a fault begins, in milliseconds, and how likely it then does per line. */
const BEAT_MS = 250;
const CHANCE = 0.06;
const KINDS = LINE_FAULTS.filter((kind) => kind !== 'freeze');

/** Begins faults on the lines at random and ends them again, until stopped; then all lines are whole. */
export function startLineBeat(lines: readonly FaultLine[], random: Random): { stop(): void } {
  const endsIn = new Map<FaultLine, number>();
  const beat = setInterval(() => {
    for (const line of lines) {
      const left = (endsIn.get(line) ?? 0) - BEAT_MS;
      endsIn.set(line, left);
      if (left > 0) continue;
      line.heal();
      const [begins, kind, ms] = [random.chance(CHANCE), random.whole(KINDS.length), random.next()];
      if (!begins) continue;
      line.begin(KINDS[kind] ?? 'cut');
      endsIn.set(line, FAULT_MS.least + ms * (FAULT_MS.most - FAULT_MS.least));
    }
  }, BEAT_MS);
  return {
    stop: () => {
      clearInterval(beat);
      for (const line of lines) line.heal();
    },
  };
}
