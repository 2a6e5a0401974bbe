import { basename } from 'node:path';
import { GOALS, type Goal } from './goals.ts';
import type { BenchReport } from './write-report.ts';

/** The goals with what was measured last, as a Markdown table: what the suite itself gives, and nothing else. */
export function goalsTable(reports: Readonly<Record<string, BenchReport>>): string {
  const rows = GOALS.map((goal) => rowOf(goal, reports[goal.bench]));
  return ['| what | goal | measured | met | benchmark | on |', '|---|---|---|---|---|---|', ...rows].join('\n');
}

function rowOf(goal: Goal, report: BenchReport | undefined): string {
  const value = report === undefined ? undefined : numberAt(report, goal.path);
  const measured = value === undefined ? '–' : amount(value, goal.unit);
  const met = value === undefined ? '–' : value <= goal.most ? 'yes' : 'no';
  return `| ${goal.what} | ≤ ${amount(goal.most, goal.unit)} | ${measured} | ${met} | \`${goal.bench}\` | ${placeOf(report)} |`;
}

/** Goals are for the demo's products, and so many entries on a device; what was measured with others says so. */
const [DEMO, ENTRIES] = [20_000, 100_000];

function placeOf(report: BenchReport | undefined): string {
  if (report?.machine === undefined) return '–';
  const { cores, node } = report.machine;
  return `${report.measuredAt.slice(0, 10)}, ${cores} cores, Node ${node.replace(/^v/, '')}${goodsOf(report)}`;
}

/** Products, sales and entries that are not those of the goals. */
function goodsOf({ name, documents, asked = {} }: BenchReport): string {
  const { products, catalogue, salesFile, entries = ENTRIES } = asked;
  const count = documents ?? products ?? DEMO;
  const held = name !== 'till' || entries === ENTRIES ? '' : `, ${entries} entries`;
  const own = catalogue === undefined ? '' : `, products of ${basename(catalogue)}`;
  const sales = salesFile === undefined ? '' : `, sales of ${basename(salesFile)}`;
  return `${count === DEMO ? '' : `, ${count} products`}${own}${sales}${held}`;
}

/** The number at a path of a report; undefined where there is none, as in one that an older version wrote. */
function numberAt(report: unknown, path: string): number | undefined {
  let at: unknown = report;
  for (const key of path.split('/')) at = (at as Record<string, unknown> | undefined)?.[key];
  return typeof at === 'number' ? at : undefined;
}

/** Or what takes less than a microsecond would be shown as nothing. */
const FRACTION_DIGITS_MAX = 9;

function amount(value: number, unit: Goal['unit']): string {
  const rounded = value >= 100 ? Math.round(value) : Number(value.toPrecision(3));
  return `${rounded.toLocaleString('en', { maximumFractionDigits: FRACTION_DIGITS_MAX })} ${unit}`;
}
