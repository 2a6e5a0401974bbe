import type { ReplayArguments } from './arguments.ts';
import { FAULT_KINDS } from './fault-kinds.ts';
import type { ReplayOutcome } from './run-replay.ts';
import type { Oddity } from './sales-file.ts';

/** Violations shown in full; the rest is counted. */
const VIOLATIONS_SHOWN = 20;
/** Line numbers shown of lines that were skipped or changed for one reason. */
const LINES_SHOWN = 10;

/** True when everything holds, and the faults that were asked for really happened. */
export function isGood(asked: ReplayArguments, outcome: ReplayOutcome): boolean {
  return outcome.violations.length === 0 && (asked.faults.length === 0 || countFaults(outcome) > 0);
}

function countFaults({ faults }: ReplayOutcome): number {
  return FAULT_KINDS.reduce((sum, kind) => sum + faults[kind], 0);
}

/** The run for people: where the lines went, what happened, what is wrong. */
export function outcomeText(asked: ReplayArguments, outcome: ReplayOutcome): string {
  const { accounting, faults, violations } = outcome;
  const { byPart, entries, skipped, changed } = accounting;
  const lines = [
    `${accounting.lines} lines: ${byPart.sale} in ${entries.sale} sales, ${byPart.refund} in ${entries.refund} refunds, ` +
      `${byPart.adjust} in ${entries.adjust} adjustments, ${byPart.correction} in ${entries.correction} corrections, ${skipped.length} skipped; ` +
      `${changed.length} with a rounded price`,
    `faults: ${FAULT_KINDS.map((kind) => `${faults[kind]} ${kind}`).join(', ')}; own stock sampled ${outcome.samples} times`,
    ...oddityLines('skipped', skipped),
    ...oddityLines('changed', changed),
    ...violations.slice(0, VIOLATIONS_SHOWN).map((text) => `WRONG ${text}`),
    ...(violations.length > VIOLATIONS_SHOWN ? [`… and ${violations.length - VIOLATIONS_SHOWN} more`] : []),
    ...(asked.faults.length > 0 && countFaults(outcome) === 0 ? ['WRONG no fault happened, so nothing was tried'] : []),
  ];
  return lines.join('\n');
}

function oddityLines(what: string, oddities: readonly Oddity[]): string[] {
  return [...Map.groupBy(oddities, ({ why }) => why)].map(([why, same]) => {
    const lines = same.slice(0, LINES_SHOWN).map(({ line }) => line);
    return `${what}, ${why}: ${same.length} (line ${lines.join(', ')}${same.length > LINES_SHOWN ? ', …' : ''})`;
  });
}

/** The last line, as JSON. */
export function outcomeJson(asked: ReplayArguments, outcome: ReplayOutcome, seconds: number): string {
  const { sales, accounting, lost, doubled, stockMismatches, faults, violations } = outcome;
  const { tills, seed } = asked;
  const counts = { faults: countFaults(outcome), faultKinds: faults };
  const found = { lost, doubled, stockMismatches, violations: violations.length };
  return JSON.stringify({ sales, lines: accounting.lines, tills, seed, ...counts, ...found, seconds });
}
