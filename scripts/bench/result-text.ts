import type { BenchResult, Summary } from './statistics.ts';

const COLUMN = 10;
/** Of a figure that nobody rounded. */
const DIGITS = 4;

/** The result as a table for people: ours and the peers, those without a rank, and what is to be said of them. */
export function resultText(result: BenchResult): string {
  const { ours, peers, unranked = {}, notes = {}, failed = {} } = result;
  const names = [...Object.keys(peers), ...Object.keys(unranked), ...figuresIn(result).map(([name]) => `  ${name}`)];
  const width = 2 + Math.max(12, ...names.map(({ length }) => length));
  const row = (name: string, ...cells: readonly (string | number)[]) =>
    `${name.padEnd(width)}${cells.map((cell) => String(cell).padStart(COLUMN)).join('')}`;
  const figures = (name: string, { median, p95 }: Summary, last: string | number) => row(name, median, p95, last);
  return [
    `${result.name}, ${result.unit}`,
    row('', 'median', 'p95', 'ours/peer'),
    figures('ours', ours, ''),
    ...Object.entries(peers).map(([name, peer]) => figures(name, peer, result.ratios[name] ?? '')),
    ...Object.entries(unranked).map(([name, peer]) => figures(name, peer, 'no rank')),
    ...figuresIn(result).map(([name, ...cells]) => row(`  ${name}`, ...cells)),
    ...Object.entries(notes).map(([name, note]) => `${name}: ${note}`),
    ...Object.entries(failed).map(([name, why]) => `${name} was NOT measured: ${why}`),
  ].join('\n');
}

/** What stands at the top, or is no figure. */
const TOLD = new Set(['name', 'unit', 'ours', 'peers', 'ratios', 'unranked', 'notes', 'failed']);

/** Every other figure of a result by its path: its one number, or median and p95. */
function figuresIn(result: BenchResult): (readonly [name: string, ...cells: number[]])[] {
  return Object.entries(result).flatMap(([key, value]) => (TOLD.has(key) ? [] : figuresAt(key, value)));
}

function figuresAt(name: string, value: unknown): (readonly [name: string, ...cells: number[]])[] {
  if (typeof value === 'number') return [[name, shown(value)]];
  if (typeof value !== 'object' || value === null) return [];
  const { median, p95, ...others } = value as Readonly<Record<string, unknown>>;
  const summary =
    typeof median === 'number' && typeof p95 === 'number' ? [[name, ...[median, p95].map(shown)] as const] : [];
  const rest = summary.length > 0 ? others : value;
  return [...summary, ...Object.entries(rest).flatMap(([key, inner]) => figuresAt(`${name} ${key}`, inner))];
}

const shown = (value: number) => (Number.isInteger(value) ? value : Number(value.toPrecision(DIGITS)));
