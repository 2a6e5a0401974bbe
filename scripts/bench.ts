import { readBenchArguments, SUMMARY, USAGE } from './bench/arguments.ts';
import type { Bench } from './bench/bench-order.ts';
import { benchBundle } from './bench/bundle.ts';
import { benchColdStart } from './bench/cold-start.ts';
import { benchFullSync } from './bench/full-sync.ts';
import { goalsTable } from './bench/goals-table.ts';
import { benchHistoryGrowth } from './bench/history-growth.ts';
import { benchMemory } from './bench/memory.ts';
import { benchOfficeScreens } from './bench/office/device.ts';
import { benchOffice } from './bench/office.ts';
import { sentenceOf } from './bench/peers/peer-series.ts';
import { benchPropagation } from './bench/propagation.ts';
import { benchPushThroughput } from './bench/push-throughput.ts';
import { readReports } from './bench/read-reports.ts';
import { benchReconnectStorm } from './bench/reconnect-storm.ts';
import { resultText } from './bench/result-text.ts';
import { benchTill } from './bench/till.ts';
import { benchWireBytes } from './bench/wire-bytes.ts';
import { writeReport } from './bench/write-report.ts';

/**
 * `npm run bench -- NAME`: one benchmark beside its peers, or all of them; the last line of each is JSON. Status 1 when something is
 * missing. In the order of what they need: nothing made first, a shop of a million entries last.
 */
const BENCHMARKS: Readonly<Record<string, Bench>> = {
  bundle: benchBundle,
  'full-sync': benchFullSync,
  'cold-start': benchColdStart,
  till: benchTill,
  'wire-bytes': benchWireBytes,
  'push-throughput': benchPushThroughput,
  propagation: benchPropagation,
  'reconnect-storm': benchReconnectStorm,
  memory: benchMemory,
  'history-growth': benchHistoryGrowth,
  'office-screens': benchOfficeScreens,
  office: benchOffice,
};

function readOrExplain() {
  try {
    return readBenchArguments(process.argv.slice(2), Object.keys(BENCHMARKS));
  } catch (error) {
    process.stderr.write(`${sentenceOf(error)}\n${USAGE}\n`);
    return null;
  }
}

async function main(): Promise<boolean> {
  const asked = readOrExplain();
  if (!asked) return false;
  if (asked.name === SUMMARY) {
    process.stdout.write(`${goalsTable(readReports())}\n`);
    return true;
  }
  const names = asked.name === null ? Object.keys(BENCHMARKS) : [asked.name];
  let isWhole = true;
  for (const name of names) isWhole = (await runOne(name, asked)) && isWhole;
  return isWhole;
}

/** False when it failed, or a peer of it: the others go on. */
async function runOne(name: string, asked: NonNullable<ReturnType<typeof readOrExplain>>): Promise<boolean> {
  const tell = (text: string) => void process.stderr.write(`${text}\n`);
  try {
    const result = await (BENCHMARKS[name] as Bench)(asked, tell);
    tell(`Written to ${writeReport(result)}`);
    if (!asked.json) process.stdout.write(`${resultText(result)}\n`);
    process.stdout.write(`${JSON.stringify(result)}\n`);
    return Object.keys(result.failed ?? {}).length === 0;
  } catch (error) {
    tell(`${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return false;
  }
}

// What was opened has been ended: nothing that a library left behind keeps the command alive.
// Whoever stops it stops the servers and browsers that it started: they end with the process's own exit.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
const status = (await main()) ? 0 : 1;
process.stdout.write('', () => process.exit(status));
