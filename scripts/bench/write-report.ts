import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chartOf } from './chart.ts';
import type { BenchResult } from './statistics.ts';

const FOLDER = join(import.meta.dirname, '../../.reports/bench');

/** Leaves a result as `.reports/bench/NAME.json` and a picture of it beside; gives the folder. */
export function writeReport(result: BenchResult): string {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, `${result.name}.json`), `${JSON.stringify(result, null, 2)}\n`);
  writeFileSync(join(FOLDER, `${result.name}.svg`), chartOf(result));
  return FOLDER;
}
