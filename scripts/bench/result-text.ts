import type { BenchResult, Summary } from './statistics.ts';

/** The result as a table for people. */
export function resultText(result: BenchResult): string {
  const row = (name: string, { median, p95 }: Summary, ratio: number | undefined) =>
    `${name.padEnd(12)}${String(median).padStart(10)}${String(p95).padStart(10)}${ratio === undefined ? '' : String(ratio).padStart(10)}`;
  return [
    `${`${result.name}, ${result.unit}`.padEnd(12).slice(0, 40)}`,
    `${''.padEnd(12)}${'median'.padStart(10)}${'p95'.padStart(10)}${'ours/peer'.padStart(10)}`,
    row('ours', result.ours, undefined),
    ...Object.entries(result.peers).map(([name, peer]) => row(name, peer, result.ratios[name])),
  ].join('\n');
}
