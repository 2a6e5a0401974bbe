import type { BenchResult, Summary } from './statistics.ts';

const COLUMN = 10;

/** The result as a table for people: ours and the peers, those without a rank, and what is to be said of them. */
export function resultText(result: BenchResult): string {
  const { ours, peers, unranked = {}, notes = {}, failed = {} } = result;
  const width = 2 + Math.max(12, ...[...Object.keys(peers), ...Object.keys(unranked)].map(({ length }) => length));
  const row = (name: string, ...cells: readonly (string | number)[]) =>
    `${name.padEnd(width)}${cells.map((cell) => String(cell).padStart(COLUMN)).join('')}`;
  const figures = (name: string, { median, p95 }: Summary, last: string | number) => row(name, median, p95, last);
  return [
    `${result.name}, ${result.unit}`,
    row('', 'median', 'p95', 'ours/peer'),
    figures('ours', ours, ''),
    ...Object.entries(peers).map(([name, peer]) => figures(name, peer, result.ratios[name] ?? '')),
    ...Object.entries(unranked).map(([name, peer]) => figures(name, peer, 'no rank')),
    ...Object.entries(notes).map(([name, note]) => `${name}: ${note}`),
    ...Object.entries(failed).map(([name, why]) => `${name} was NOT measured: ${why}`),
  ].join('\n');
}
