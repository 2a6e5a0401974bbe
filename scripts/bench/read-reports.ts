import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BenchReport, REPORTS } from './write-report.ts';

/** The newest result of each benchmark that was run here, by name; read as they lie there, whatever version wrote them. */
export function readReports(folder = REPORTS): Readonly<Record<string, BenchReport>> {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
  const reports = names.map((name): BenchReport => JSON.parse(readFileSync(join(folder, name), 'utf8')));
  return Object.fromEntries(reports.map((report) => [report.name, report]));
}
