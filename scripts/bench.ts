import { type BenchArguments, readBenchArguments, SUMMARY, USAGE } from './bench/arguments.ts';
import type { Bench } from './bench/bench-order.ts';
import { benchBundle } from './bench/bundle.ts';
import { benchColdStart } from './bench/cold-start.ts';
import { benchFullSync } from './bench/full-sync.ts';
import { goalsTable } from './bench/goals-table.ts';
import { benchHistoryGrowth } from './bench/history-growth.ts';
import { benchMemory } from './bench/memory.ts';
import { benchOfficeScreens } from './bench/office/device.ts';
import { benchOffice } from './bench/office.ts';
import { endAll, isEnded } from './bench/peers/ends.ts';
import { sentenceOf } from './bench/peers/peer-series.ts';
import { benchPropagation } from './bench/propagation.ts';
import { benchPushThroughput } from './bench/push-throughput.ts';
import { readInputs } from './bench/read-inputs.ts';
import { readReports } from './bench/read-reports.ts';
import { benchReconnectStorm } from './bench/reconnect-storm.ts';
import { resultText } from './bench/result-text.ts';
import { benchTill } from './bench/till.ts';
import { benchWireBytes } from './bench/wire-bytes.ts';
import { writeReport } from './bench/write-report.ts';
import { SetupProblem } from './setup/setup-problem.mjs';

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
  if (!areInputsGood(asked)) return false;
  const names = asked.name === null ? Object.keys(BENCHMARKS) : [asked.name];
  let isWhole = true;
  for (const name of names) isWhole = (await runOne(name, asked)) && isWhole;
  return isWhole;
}

/** What fails because somebody stopped the run is no news. */
const tell = (text: string) => {
  if (!isEnded()) process.stderr.write(`${text}\n`);
};

/** A file that cannot be used is told before anything is begun. */
function areInputsGood(asked: BenchArguments): boolean {
  try {
    readInputs(asked, tell);
    return true;
  } catch (error) {
    tell(explain(error));
    return false;
  }
}

/** False when it failed, or a peer of it: the others go on. */
async function runOne(name: string, asked: BenchArguments): Promise<boolean> {
  try {
    const result = await (BENCHMARKS[name] as Bench)(asked, tell);
    tell(`Written to ${writeReport(result, asked)}`);
    if (!asked.json) process.stdout.write(`${resultText(result)}\n`);
    process.stdout.write(`${JSON.stringify(result)}\n`);
    return Object.keys(result.failed ?? {}).length === 0;
  } catch (error) {
    tell(`${name} failed: ${explain(error)}`);
    return false;
  }
}

/** What a person can put right is a sentence; where a program is wrong, whoever mends it needs the place. */
function explain(error: unknown): string {
  if (error instanceof SetupProblem || !(error instanceof Error)) return sentenceOf(error);
  return error.stack ?? error.message;
}

/** What ends slower than so long is ended by force, in milliseconds. */
const STOP_MS_MAX = 8_000;

/** Whoever stops it stops the servers and browsers that it started, and their folders go; who says it twice waits for nothing. */
async function stop(signal: NodeJS.Signals): Promise<void> {
  process.once(signal, () => process.exit(STATUS[signal]));
  setTimeout(() => process.exit(STATUS[signal]), STOP_MS_MAX).unref();
  tell('Stopping: servers and browsers end, their folders go …');
  await endAll();
  process.exit(STATUS[signal]);
}
const STATUS: Readonly<Partial<Record<NodeJS.Signals, number>>> = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
for (const signal of Object.keys(STATUS) as NodeJS.Signals[]) process.once(signal, () => void stop(signal));

// What was opened has been ended: nothing that a library left behind keeps the command alive.
const status = (await main()) ? 0 : 1;
if (!isEnded()) process.stdout.write('', () => process.exit(status));
