import { type BenchArguments, readBenchArguments } from './bench/arguments.ts';
import { benchBundle } from './bench/bundle.ts';
import { benchFullSync } from './bench/full-sync.ts';
import { benchHistoryGrowth } from './bench/history-growth.ts';
import { benchOffice } from './bench/office.ts';
import { benchPropagation } from './bench/propagation.ts';
import { benchPushThroughput } from './bench/push-throughput.ts';
import { benchReconnectStorm } from './bench/reconnect-storm.ts';
import { resultText } from './bench/result-text.ts';
import type { BenchResult } from './bench/statistics.ts';
import { benchTill } from './bench/till.ts';
import { benchWireBytes } from './bench/wire-bytes.ts';
import { writeReport } from './bench/write-report.ts';

/** `npm run bench -- NAME`: one benchmark beside its peers. The last line is JSON; status 1 when something is missing. */
type Bench = (rounds: number, tell: (text: string) => void, sales: number) => Promise<BenchResult>;

const BENCHMARKS: Readonly<Record<string, Bench>> = {
  bundle: benchBundle,
  'full-sync': benchFullSync,
  'history-growth': benchHistoryGrowth,
  office: benchOffice,
  propagation: benchPropagation,
  'push-throughput': benchPushThroughput,
  'reconnect-storm': benchReconnectStorm,
  till: benchTill,
  'wire-bytes': benchWireBytes,
};

function readOrExplain(): BenchArguments | null {
  try {
    return readBenchArguments(process.argv.slice(2), Object.keys(BENCHMARKS));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return null;
  }
}

async function main(): Promise<number> {
  const asked = readOrExplain();
  const bench = asked && BENCHMARKS[asked.name];
  if (!asked || !bench) return 1;
  const result = await bench(asked.rounds, (text) => process.stderr.write(`${text}\n`), asked.sales);
  process.stderr.write(`Written to ${writeReport(result)}\n`);
  if (!asked.json) process.stdout.write(`${resultText(result)}\n`);
  process.stdout.write(`${JSON.stringify(result)}\n`);
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(
    `The benchmark failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exitCode = 1;
}
