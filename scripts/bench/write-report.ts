import { mkdirSync, writeFileSync } from 'node:fs';
import { arch, cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { chartOf } from './chart.ts';
import type { BenchResult } from './statistics.ts';

/** Where results lie. */
export const REPORTS = join(import.meta.dirname, '../../.reports/bench');

/** A result with when and on what it was measured. */
export type BenchReport = BenchResult & {
  readonly measuredAt: string;
  /** Products in the shop, where that matters. */
  readonly documents?: number;
  readonly machine: { readonly cores: number; readonly memoryGb: number; readonly node: string; readonly arch: string };
};

/** Leaves a result as `.reports/bench/NAME.json` and a picture of it beside; gives the folder. */
export function writeReport(result: BenchResult, folder = REPORTS): string {
  mkdirSync(folder, { recursive: true });
  const memoryGb = Math.round(totalmem() / 2 ** 30);
  const machine = { cores: cpus().length, memoryGb, node: process.version, arch: arch() };
  const report: BenchReport = { ...result, measuredAt: new Date().toISOString(), machine };
  writeFileSync(join(folder, `${result.name}.json`), `${JSON.stringify(report, null, 2)}\n`);
  writeFileSync(join(folder, `${result.name}.svg`), chartOf(result));
  return folder;
}
