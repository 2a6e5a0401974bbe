import { mkdirSync, writeFileSync } from 'node:fs';
import { arch, cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import type { BenchOrder } from './bench-order.ts';
import { chartOf } from './chart.ts';
import type { BenchResult } from './statistics.ts';

/** Where results lie. */
export const REPORTS = join(import.meta.dirname, '../../.reports/bench');

/** A result with when and on what it was measured. */
export type BenchReport = BenchResult & {
  readonly measuredAt: string;
  /** Products in the shop, where that matters. */
  readonly documents?: number;
  /** What the run was asked for; what it was not asked for is left out. */
  readonly asked?: Partial<BenchOrder>;
  readonly machine: { readonly cores: number; readonly memoryGb: number; readonly node: string; readonly arch: string };
};

/** Leaves a result as `.reports/bench/NAME.json` and a picture of it beside; gives the folder. */
export function writeReport(result: BenchResult, order: BenchOrder, folder = REPORTS): string {
  mkdirSync(folder, { recursive: true });
  const memoryGb = Math.round(totalmem() / 2 ** 30);
  const machine = { cores: cpus().length, memoryGb, node: process.version, arch: arch() };
  const { rounds, sales, products, catalogue, salesFile, format, entries } = order;
  const asked = { rounds, sales, products, catalogue, salesFile, format, entries } as Partial<BenchOrder>;
  const report: BenchReport = { ...result, asked, measuredAt: new Date().toISOString(), machine };
  writeFileSync(join(folder, `${result.name}.json`), `${JSON.stringify(report, null, 2)}\n`);
  writeFileSync(join(folder, `${result.name}.svg`), chartOf(result));
  return folder;
}
